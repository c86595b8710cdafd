/**
 * One HTTP/2 connection: streams in, exchanges out (RFC 9113). The framing is Node's; what Node leaves open is closed
 * here: when a connection ends that nobody uses, and what a client may send that means nothing.
 */
import type { ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { Peer } from "@tinyhttp/handler";
import type { Deadline } from "@tinyhttp/listener";
import { textResponse } from "../error-response.ts";
import type { ConnectionEvent } from "../observers.ts";
import { resetConnection } from "../reset-connection.ts";
import type { ServerContext } from "../server-context.ts";
import { FloodGuard, isFlooded } from "./flood-guard.ts";
import { Http2Exchange } from "./http2-exchange.ts";
import { Http2HeadReader, type RawFields } from "./http2-request-head.ts";
import { CONNECTION_WINDOW_BYTES, endStreamOf, sessionOptions } from "./session-options.ts";

// One connection carries all that a client asks for, many requests at a time, where HTTP/1.1 takes several.
const REQUESTS_FACTOR = 100;

/** An HTTP/2 connection stands for six of HTTP/1, and costs its client a handshake: it may idle longer. */
const IDLE_FACTOR = 4;
/** RFC 9113 §6.8: a GOAWAY that announces the last one. */
const ANY_STREAM = 2 ** 31 - 1;
const NO_ERROR = 0;
const ENHANCE_YOUR_CALM = 11;

export class Http2Connection implements Deadline {
  // Looked at by every sweep.
  deadline: number = 0;
  readonly peer: Peer;
  readonly #server: ServerContext;
  readonly #socket: Socket;
  readonly #session: ServerHttp2Session;
  readonly #heads: Http2HeadReader;
  readonly #exchanges = new Set<Http2Exchange>();
  readonly #guard = new FloodGuard();
  readonly #expiresAt: number;
  #hasPreface = false;
  /** When it last had something to do; when it began to close. */
  #since: number;
  #phase: "open" | "leaving" | "closing" = "open";
  #requests = 0;
  #fieldsReceived = 0;
  #contentReceived = 0;
  #contentSent = 0;

  constructor(server: ServerContext, socket: Socket, peer: Peer) {
    const { settings, sweep } = server;
    this.#server = server;
    this.#socket = socket;
    this.peer = peer;
    this.#since = performance.now();
    this.#expiresAt = this.#since + settings.maxConnectionAgeMs * (0.9 + Math.random() * 0.2);
    this.#heads = new Http2HeadReader(server.parserOptions);
    this.#session = process.getBuiltinModule("node:http2").performServerHandshake(socket, sessionOptions());
    this.#session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    this.#listen(this.#session);
    socket.on("error", () => {});
    socket.on("close", () => this.#onClose());
    sweep.add(this);
  }

  get isIdle(): boolean {
    return this.#exchanges.size === 0;
  }

  shed(): void {
    this.#session.destroy();
  }

  /** Ends it because the server closes: at once if it is idle, otherwise after the responses that are under way. */
  drain(quietMs: number): void {
    if (quietMs > 0 && performance.now() - this.#since < quietMs) this.#leave();
    else this.#close();
  }

  onDeadline(): void {
    this.deadline = 0;
    const now = performance.now();
    if (this.#phase === "closing" && this.isIdle) {
      if (now - this.#since > this.#server.settings.lingerTimeoutMs) this.#socket.destroy();
      return;
    }
    for (const exchange of this.#exchanges) {
      const late = exchange.checkDeadlines(now);
      if (late === "reset") {
        // Nothing goes out on the connection, so no frame can end this stream.
        resetConnection(this.#socket);
        return;
      }
      if (late !== undefined) this.#noteTimeout(late);
    }
    if (this.#isFlooded()) this.#endFlood("more than its requests account for");
    else if (this.isIdle) this.#checkIdle(now);
    else if (now > this.#expiresAt) this.#leave();
  }

  #listen(session: ServerHttp2Session): void {
    session.on("stream", (stream, _fields, flags, rawFields) => {
      this.#onStream(stream, rawFields, endStreamOf(flags));
    });
    session.on("remoteSettings", () => {
      this.#hasPreface = true;
      if (this.#guard.onSettings(performance.now())) this.#endFlood("too many SETTINGS");
    });
    session.on("ping", () => {
      if (this.#guard.onPing(performance.now())) this.#endFlood("too many PING");
    });
    // Node has told the client, and ends the connection.
    session.on("error", (error) => {
      const code = "code" in error ? String(error.code) : "UNKNOWN";
      this.#noteMalformed({ code, status: 400, message: error.message });
    });
  }

  #onStream(stream: ServerHttp2Stream, fields: RawFields, endStream: boolean): void {
    const exchange = new Http2Exchange(this.#server, this.peer, stream, () => this.#onAnswered());
    this.#exchanges.add(exchange);
    this.#requests++;
    for (const text of fields) this.#fieldsReceived += text.length;
    stream.on("error", () => {});
    stream.on("close", () => this.#onStreamClose(exchange));
    const head = this.#heads.read(fields, !endStream);
    if ("method" in head) {
      exchange.answer(head);
      return;
    }
    this.#noteMalformed(head);
    exchange.refuse(textResponse(head.status, head.message));
  }

  #onStreamClose(exchange: Http2Exchange): void {
    this.#exchanges.delete(exchange);
    this.#contentReceived += exchange.bytesReceived;
    this.#contentSent += exchange.bytesSent;
    this.#since = performance.now();
    const wasAnswered = exchange.isAnswered;
    exchange.abort();
    if (!wasAnswered && this.#guard.onReset(this.#since)) this.#endFlood("too many RST_STREAM");
    else if (this.#phase === "leaving" && this.isIdle) this.#close();
  }

  #onAnswered(): void {
    if (this.#requests >= this.#server.settings.maxRequestsPerConnection * REQUESTS_FACTOR) this.#leave();
  }

  #onClose(): void {
    this.#server.sweep.delete(this);
    for (const exchange of this.#exchanges) exchange.abort();
    this.#exchanges.clear();
    this.#notify({ kind: "closed", peer: this.peer });
  }

  #checkIdle(now: number): void {
    const { firstByteTimeoutMs, keepAliveTimeoutMs } = this.#server.settings;
    const idleMs = now - this.#since;
    if (!this.#hasPreface) {
      if (idleMs <= firstByteTimeoutMs) return;
      this.#noteTimeout("first-byte");
      this.#session.destroy();
    } else if (this.#phase === "leaving" || idleMs > keepAliveTimeoutMs * IDLE_FACTOR || now > this.#expiresAt) {
      this.#close();
    }
  }

  /** What is under way is answered, and the client is told to send no more. */
  #leave(): void {
    if (this.#phase !== "open") return;
    this.#phase = "leaving";
    // Requests that have left the client already are still taken, until it is idle.
    if (!this.#session.destroyed) this.#session.goaway(NO_ERROR, ANY_STREAM);
  }

  #close(): void {
    if (this.#phase === "closing") return;
    this.#phase = "closing";
    this.#since = performance.now();
    this.#session.close();
  }

  #isFlooded(): boolean {
    let contentReceived = this.#contentReceived;
    let contentSent = this.#contentSent;
    for (const exchange of this.#exchanges) {
      contentReceived += exchange.bytesReceived;
      contentSent += exchange.bytesSent;
    }
    const { bytesRead: received } = this.#socket;
    return isFlooded({
      received,
      fieldsReceived: this.#fieldsReceived,
      contentReceived,
      contentSent,
      requests: this.#requests,
    });
  }

  #endFlood(what: string): void {
    if (this.#session.destroyed) return;
    // The session reports the error that it is given.
    const error = Object.assign(new Error(`Cannot go on with the connection: ${what}`), { code: "http2-flood" });
    this.#session.destroy(error, ENHANCE_YOUR_CALM);
  }

  #noteMalformed(error: (ConnectionEvent & { kind: "malformed" })["error"]): void {
    this.#server.counters.malformed++;
    this.#notify({ kind: "malformed", peer: this.peer, error });
  }

  #noteTimeout(waitedFor: "first-byte" | "body" | "write"): void {
    this.#server.counters.timedOut++;
    this.#notify({ kind: "timed-out", peer: this.peer, waitedFor });
  }

  #notify(event: ConnectionEvent): void {
    this.#server.onConnection?.(event);
  }
}
