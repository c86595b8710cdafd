/**
 * One HTTP/2 connection: streams in, exchanges out (RFC 9113). The framing is Node's; what Node leaves open is closed
 * here: when a connection ends that nobody uses, and what a client may send that means nothing.
 */
import type { ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { Peer } from "@tinyhttp/handler";
import type { RequestHead } from "@tinyhttp/http-parser";
import type { Deadline } from "@tinyhttp/listener";
import { monotonicMs } from "../clock.ts";
import { textResponse } from "../error-response.ts";
import type { ConnectionEvent } from "../observers.ts";
import { resetConnection } from "../reset-connection.ts";
import type { ServerContext } from "../server-context.ts";
import { FloodGuard, isFlooded } from "./flood-guard.ts";
import { type ExchangeOwner, Http2Exchange } from "./http2-exchange.ts";
import { Http2HeadReader, type RawFields, type RefusedHead } from "./http2-request-head.ts";
import { CONNECTION_WINDOW_BYTES, endStreamOf, sessionOptions } from "./session-options.ts";

// One connection carries all that a client asks for, many requests at a time, where HTTP/1.1 takes several.
const REQUESTS_FACTOR = 100;

/** An HTTP/2 connection stands for six of HTTP/1, and costs its client a handshake: it may idle longer. */
const IDLE_FACTOR = 4;
const ENHANCE_YOUR_CALM = 11;

export class Http2Connection implements Deadline, ExchangeOwner {
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
  /** When it last had something to do; when it began to leave or to close. */
  #since: number;
  #phase: "open" | "leaving" | "closing" = "open";
  /** What is to be answered once the client knows that the connection ends. */
  #held: (() => void)[] = [];
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
    // Nothing can be acknowledged any more, so nothing can end in order; the listener leaves sockets half open.
    socket.on("end", () => this.#session.destroy());
    socket.on("close", () => this.#onClose());
    sweep.add(this);
  }

  get isIdle(): boolean {
    return this.#exchanges.size === 0;
  }

  shed(): void {
    this.#session.destroy();
  }

  /** Ends it because the server closes, after the responses to what the client has sent before it knew. */
  drain(): void {
    this.#leave();
  }

  onDeadline(): void {
    this.deadline = 0;
    const now = performance.now();
    const isLate = now - this.#since > this.#server.settings.lingerTimeoutMs;
    if (this.#phase === "closing" && this.isIdle) {
      if (isLate) this.#socket.destroy();
      return;
    }
    if (this.#phase === "leaving" && isLate) this.#close();
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
    const exchange = new Http2Exchange(this.#server, this.peer, stream, this);
    this.#exchanges.add(exchange);
    this.#requests++;
    for (const text of fields) this.#fieldsReceived += text.length;
    stream.on("error", () => {});
    stream.on("close", () => this.#onStreamClose(exchange));
    const head = this.#heads.read(fields, !endStream);
    const receivedAt = monotonicMs();
    const answer = (): void => this.#answer(exchange, head, receivedAt);
    if (!this.holds(answer)) answer();
  }

  #answer(exchange: Http2Exchange, head: RequestHead | RefusedHead, receivedAt: number): void {
    if (!this.#exchanges.has(exchange)) return;
    if ("method" in head) {
      exchange.answer(head, receivedAt);
      return;
    }
    this.#noteMalformed(head);
    exchange.refuse(textResponse(head.status, head.message));
  }

  #onStreamClose(exchange: Http2Exchange): void {
    this.#exchanges.delete(exchange);
    this.#contentReceived += exchange.bytesReceived;
    this.#contentSent += exchange.bytesSent;
    const now = performance.now();
    if (this.#phase !== "leaving") this.#since = now;
    const wasAnswered = exchange.isAnswered;
    exchange.abort();
    if (!wasAnswered && this.#guard.onReset(now)) this.#endFlood("too many RST_STREAM");
  }

  /** Whether the answer has to wait; it is given later then. */
  holds(answer: () => void): boolean {
    if (this.#phase !== "leaving") return false;
    this.#held.push(answer);
    return true;
  }

  onAnswered(): void {
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
    } else if (idleMs > keepAliveTimeoutMs * IDLE_FACTOR || now > this.#expiresAt) {
      this.#leave();
    }
  }

  /**
   * Ends it so that no request is lost. Node ignores what comes after its GOAWAY, so nothing may be under way then:
   * most clients ask again when they are answered, and now nobody is until all that they have sent is here. That is so
   * when a PING has come back, and once more, since a client may send its acknowledgement before its requests.
   */
  #leave(): void {
    if (this.#phase !== "open") return;
    this.#phase = "leaving";
    this.#since = performance.now();
    this.#afterPing(() => this.#afterPing(() => this.#close()));
  }

  #afterPing(then: () => void): void {
    if (this.#session.destroyed || !this.#session.ping(then)) this.#close();
  }

  #close(): void {
    if (this.#phase === "closing") return;
    this.#phase = "closing";
    this.#since = performance.now();
    this.#session.close();
    for (const answer of this.#held.splice(0)) answer();
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
