import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

import { readResponses, type ResponseSequence } from "./response-reader.ts";

/** What a client says on one connection, and when it stops. */
export interface Script {
  /** Written one after the other, each in its own turn of the event loop. One character per byte. */
  readonly pieces: readonly string[];
  /** The methods of the requests in `pieces`, in order, as far as they are known. */
  readonly requestMethods: readonly string[];
  /** When the client sends its FIN: after so many final responses, or after so many milliseconds of silence. */
  readonly fin: { readonly afterResponses: number } | { readonly afterQuietMs: number } | "never";
  /** Without a byte for so long, the client gives up. */
  readonly patienceMs: number;
}

/** What came back. */
export interface Transcript extends ResponseSequence {
  /** `open`: the client gave up first. */
  readonly end: "closed" | "reset" | "open";
  /** Bytes that came before the client's FIN. */
  readonly bytesBeforeFin: number;
}

/** Holds one conversation with the server at `port` on loopback. It always ends, and its socket with it. */
export function converse(port: number, script: Script): Promise<Transcript> {
  return new Promise((resolve) => {
    const conversation = new Conversation(connect({ port, host: "127.0.0.1", noDelay: true }), script, resolve);
    conversation.start();
  });
}

class Conversation {
  readonly #socket: Socket;
  readonly #script: Script;
  readonly #resolve: (transcript: Transcript) => void;
  #received = "";
  #written = false;
  #finSent = false;
  #bytesBeforeFin = 0;
  #timer: NodeJS.Timeout | undefined;
  #done = false;

  constructor(socket: Socket, script: Script, resolve: (transcript: Transcript) => void) {
    this.#socket = socket;
    this.#script = script;
    this.#resolve = resolve;
  }

  start(): void {
    this.#socket.setEncoding("latin1");
    this.#socket.on("connect", () => void this.#write());
    this.#socket.on("data", (text: string) => {
      this.#received += text;
      this.#proceed();
    });
    this.#socket.on("end", () => this.#finish("closed"));
    this.#socket.on("close", () => this.#finish("closed"));
    this.#socket.on("error", () => this.#finish("reset"));
    this.#wait();
  }

  async #write(): Promise<void> {
    for (const piece of this.#script.pieces) {
      if (this.#socket.destroyed || this.#done) return;
      this.#socket.write(piece, "latin1");
      await setImmediate();
    }
    this.#written = true;
    this.#proceed();
  }

  /** Something happened: is it time for the FIN? If not, wait for more. */
  #proceed(): void {
    if (this.#done) return;
    const { fin } = this.#script;
    if (this.#written && fin !== "never" && "afterResponses" in fin) {
      if (this.#finalResponses(false) >= fin.afterResponses) this.#sendFin();
    }
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const { fin, patienceMs } = this.#script;
    const quietFin = fin !== "never" && "afterQuietMs" in fin && this.#written && !this.#finSent;
    this.#timer = quietFin
      ? setTimeout(() => {
          this.#sendFin();
          this.#wait();
        }, fin.afterQuietMs)
      : setTimeout(() => this.#finish("open"), patienceMs);
  }

  #sendFin(): void {
    if (this.#finSent) return;
    this.#finSent = true;
    this.#bytesBeforeFin = this.#received.length;
    this.#socket.end();
  }

  #finalResponses(closed: boolean): number {
    const { responses } = readResponses(this.#received, this.#script.requestMethods, closed);
    return responses.filter(({ status }) => status >= 200).length;
  }

  #finish(end: Transcript["end"]): void {
    if (this.#done) return;
    this.#done = true;
    clearTimeout(this.#timer);
    this.#socket.destroy();
    this.#resolve({
      ...readResponses(this.#received, this.#script.requestMethods, end !== "open"),
      end,
      bytesBeforeFin: this.#finSent ? this.#bytesBeforeFin : this.#received.length,
    });
  }
}
