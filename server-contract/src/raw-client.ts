/** A client that sends exactly the bytes it is told to, and takes responses apart without being kind to them. */
import { connect, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { BoundAddress } from "@tinyhttp/listener";

export interface RawResponse {
  readonly status: number;
  readonly head: string;
  /** Names in lower case; repeated fields joined by `", "`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the body ended as its framing says it does. */
  readonly complete: boolean;
}

export class RawClient {
  readonly socket: Socket;
  /** What the socket is on top of, when it is encrypted. */
  readonly #connection: Socket;
  ended = false;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #wake: () => void = () => {};

  constructor(address: BoundAddress) {
    const to = address.kind === "unix" ? { path: address.path } : { host: address.host, port: address.port };
    this.#connection = connect({ ...to, allowHalfOpen: true, noDelay: true });
    this.socket = address.url.startsWith("https:") ? secured(this.#connection) : this.#connection;
    this.socket.on("data", (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      this.#wake();
    });
    for (const event of ["end", "close"]) {
      this.socket.on(event, () => {
        this.ended = true;
        this.#wake();
      });
    }
    this.socket.on("error", () => {});
  }

  /** Everything that came and was not taken as a response. */
  get received(): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && this.#chunks.length === 1) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  send(bytes: string | Uint8Array): void {
    this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  }

  /** Resolves when the system has what was sent before. */
  async sendSlowly(bytes: Uint8Array, pieceBytes: number): Promise<void> {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      this.send(bytes.subarray(start, start + pieceBytes));
      await new Promise(setImmediate);
    }
  }

  endInput(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** Ends the connection with RST. */
  reset(): void {
    this.#connection.resetAndDestroy();
  }

  /** The next response. @param method What was asked: the answer to HEAD has no body. */
  async response(method = "GET"): Promise<RawResponse> {
    for (;;) {
      const taken = takeResponse(this.received, method, this.ended);
      if (taken !== undefined) {
        this.#chunks = [this.received.subarray(taken.length)];
        this.#bytes -= taken.length;
        return taken.response;
      }
      if (this.ended) throw new Error(`The connection ended after ${JSON.stringify(this.received.toString("latin1"))}`);
      const wanted = announcedBytes(this.received);
      do await this.#more();
      while (!this.ended && this.#bytes < wanted);
    }
  }

  /** Waits until the server has ended the connection, and gives what it sent before. */
  async rest(): Promise<string> {
    while (!this.ended) await this.#more();
    return this.received.toString("latin1");
  }

  async closed(): Promise<void> {
    while (!this.socket.closed) await this.#more();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function secured(connection: Socket): Socket {
  connection.on("error", () => {});
  // Whose certificate it is, is not what is tested with this.
  return connectSecurely({ socket: connection, rejectUnauthorized: false });
}

/** How many bytes a response has whose length is announced; so long it need not be looked at again. */
function announcedBytes(bytes: Buffer): number {
  const headEnd = bytes.indexOf("\r\n\r\n");
  const length = /^content-length: (\d+)\r$/im.exec(bytes.toString("latin1", 0, Math.max(headEnd, 0) + 1))?.[1];
  return headEnd === -1 || length === undefined ? 0 : headEnd + 4 + Number(length);
}

interface Taken {
  readonly response: RawResponse;
  readonly length: number;
}

function takeResponse(bytes: Buffer, method: string, ended: boolean): Taken | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd + 4);
  const status = Number(/^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n/.exec(head)?.[1]);
  const fields = fieldsOf(head);
  const rest = bytes.subarray(headEnd + 4);
  const content = takeContent(rest, { method, status, fields, ended });
  if (content === undefined) return undefined;
  const { body, complete, length } = content;
  return { response: { status, head, fields, body, complete }, length: headEnd + 4 + length };
}

function fieldsOf(head: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of head.split("\r\n").slice(1, -2)) {
    const [, name = "", value = ""] = /^([!#$%&'*+\-.^_`|~\w]+): (.*)$/.exec(line) ?? [];
    if (name === "") throw new Error(`Not a field line: ${JSON.stringify(line)}`);
    const key = name.toLowerCase();
    fields[key] = key in fields ? `${fields[key]}, ${value}` : value;
  }
  return fields;
}

interface Context {
  readonly method: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly ended: boolean;
}

function takeContent(
  bytes: Buffer,
  { method, status, fields, ended }: Context,
): { body: Buffer; complete: boolean; length: number } | undefined {
  const none = Buffer.alloc(0);
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) {
    return { body: none, complete: true, length: 0 };
  }
  if (fields["transfer-encoding"] === "chunked") return takeChunks(bytes, ended);
  const promised = fields["content-length"];
  if (promised !== undefined && bytes.length >= Number(promised)) {
    return { body: bytes.subarray(0, Number(promised)), complete: true, length: Number(promised) };
  }
  if (!ended) return undefined;
  return { body: bytes, complete: promised === undefined, length: bytes.length };
}

function takeChunks(bytes: Buffer, ended: boolean): { body: Buffer; complete: boolean; length: number } | undefined {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", position);
    const size = lineEnd === -1 ? Infinity : Number.parseInt(bytes.toString("latin1", position, lineEnd), 16);
    const dataEnd = lineEnd + 2 + size;
    if (bytes.length < dataEnd + 2) {
      return ended ? { body: Buffer.concat(chunks), complete: false, length: bytes.length } : undefined;
    }
    if (bytes.toString("latin1", dataEnd, dataEnd + 2) !== "\r\n") throw new Error("A chunk does not end with CRLF");
    if (size === 0) return { body: Buffer.concat(chunks), complete: true, length: dataEnd + 2 };
    chunks.push(bytes.subarray(lineEnd + 2, dataEnd));
    position = dataEnd + 2;
  }
}
