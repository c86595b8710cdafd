/**
 * One connection: requests in, responses out, in order. It reads the next request when the last response has been
 * handed over, never before: what a client pipelines waits as bytes, and costs nothing.
 *
 * | phase     | what is going on                                      | then                        |
 * | --------- | ----------------------------------------------------- | --------------------------- |
 * | reading   | a request's head is awaited                           | answering, closing          |
 * | answering | the request has no complete response (responder.ts)   | reading, skipping, closing  |
 * | skipping  | the response is out, the rest of the content comes in | reading, closing            |
 * | closing   | the last response is out (lingering-close.ts)         | closed                      |
 *
 * A handler that answers at once is answered in the turn in which its request came, with whatever else that turn
 * brought, in one write.
 */
import type { Socket } from "node:net";
import { HttpError, type HttpResponse, type Peer } from "@tinyhttp/handler";
import { explainSyntaxError, type HttpSyntaxError, isHttpSyntaxError, RequestParser } from "@tinyhttp/http-parser";
import { type ByteReceiver, receiveBytes } from "@tinyhttp/listener";
import { monotonicMs } from "./clock.ts";
import { ContentReader } from "./content-reader.ts";
import { errorResponse, textResponse } from "./error-response.ts";
import { Inbox } from "./inbox.ts";
import { lingerAndClose } from "./lingering-close.ts";
import type { ConnectionEvent } from "./observers.ts";
import { Outbox, type OutboxObserver } from "./outbox.ts";
import { type AwaitedInput, ReadDeadline } from "./read-deadline.ts";
import { resetConnection } from "./reset-connection.ts";
import { Responder, type ResponderOwner } from "./responder.ts";
import { planResponse } from "./response-plan.ts";
import type { ServerContext } from "./server-context.ts";
import { WriteDeadline } from "./write-deadline.ts";

type Phase = "reading" | "answering" | "skipping" | "closing" | "closed";

const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

export class Connection implements ByteReceiver, ResponderOwner, OutboxObserver {
  readonly peer: Peer;
  readonly #server: ServerContext;
  readonly #socket: Socket;
  readonly #parser: RequestParser;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #readDeadline: ReadDeadline;
  readonly #content: ContentReader;
  readonly #responder: Responder;
  readonly #expiresAt: number;
  #writeDeadline: WriteDeadline | undefined;
  #phase: Phase = "reading";
  #requests = 0;
  /** Whether the parser has read all that it was fed. */
  #needsBytes = true;
  #inputEnded = false;
  /** What was written when it was last asked whether the response of a half-closed connection goes on. */
  #writtenBytes = 0;

  constructor(server: ServerContext, socket: Socket, peer: Peer) {
    const { settings, sweep } = server;
    this.#server = server;
    this.#socket = socket;
    this.peer = peer;
    this.#parser = new RequestParser(server.parserOptions);
    this.#inbox = new Inbox(socket);
    this.#outbox = new Outbox(socket, this);
    this.#readDeadline = new ReadDeadline(sweep, settings, (awaited) => this.#onReadTimeout(awaited));
    this.#content = new ContentReader(this.#parser, this.#inbox, settings, this.#readDeadline, () => {
      this.#outbox.addLatin1(CONTINUE);
      this.#outbox.flush();
    });
    this.#responder = new Responder(server, this, this.#parser, this.#content, this.#outbox);
    // Spread by a tenth either way, so that clients that came together do not all come back together.
    this.#expiresAt = this.#readDeadline.since + settings.maxConnectionAgeMs * (0.9 + Math.random() * 0.2);
    receiveBytes(socket, this);
    socket.on("end", () => this.#onEnd());
    socket.on("close", () => this.#onClose());
    // What a client does to its connection is not an error of this server: "close" follows and ends the exchange.
    socket.on("error", () => {});
  }

  /** Whether it waits for a request of which nothing has come yet, and the client has taken all responses. */
  get isIdle(): boolean {
    return this.#phase === "reading" && !this.#parser.midMessage && this.#inbox.isEmpty && this.#outbox.isEmpty;
  }

  /** Ends it without waiting for the client. Only when it is idle. */
  shed(): void {
    this.#socket.destroy();
  }

  /**
   * Ends it because the server closes, if it is idle; otherwise it ends after its response.
   *
   * @param quietMs How long it must have been idle: a client in full swing has its next request under way.
   */
  drain(quietMs: number): void {
    if (this.isIdle && monotonicMs() - this.#readDeadline.since >= quietMs) this.#close();
  }

  onBytes(bytes: Uint8Array): void {
    if (this.#phase === "closing" || this.#phase === "closed") return;
    this.#server.now = monotonicMs();
    this.#inbox.lend(bytes);
    try {
      if (this.#content.isWaiting) this.#content.receive(bytes.length);
      else this.#advance();
    } catch (error) {
      // An observer failed, in the middle of anything. Whoever keeps the process alive must not keep this connection.
      this.#socket.destroy();
      throw error;
    } finally {
      this.#inbox.endLoan();
      this.#parser.retain();
    }
  }

  readContent(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    return this.#content.readContent();
  }

  canPersist(): boolean {
    return (
      !this.#server.isClosing &&
      this.#requests < this.#server.settings.maxRequestsPerConnection &&
      this.#server.now < this.#expiresAt
    );
  }

  onResponse(persists: boolean): void {
    if (!persists || !this.#content.canSkip) this.#close();
    else this.#phase = this.#content.isComplete ? "reading" : "skipping";
  }

  onLateResponse(persists: boolean): void {
    this.#server.now = monotonicMs();
    this.onResponse(persists);
    this.#advance();
  }

  onBrokenResponse(isDelimited: boolean): void {
    // Without a length, only a reset tells the client that this is not the end (RFC 9112 §8).
    if (isDelimited) this.#socket.destroy();
    else resetConnection(this.#socket);
  }

  onBacklog(bytes: number): void {
    const { settings, sweep } = this.#server;
    this.#writeDeadline ??= new WriteDeadline(this.#socket, sweep, settings, () => this.#onWriteTimeout());
    this.#writeDeadline.start(bytes);
  }

  onTaken(): void {
    this.#server.now = monotonicMs();
    this.#writeDeadline?.stop();
    this.#advance();
  }

  // RFC 9112 §9.6: a client may end its side and still read. Requests that are here get their responses.
  #onEnd(): void {
    this.#server.now = monotonicMs();
    this.#inputEnded = true;
    this.#readDeadline.endInput();
    this.#content.endInput();
    this.#advance();
  }

  #onClose(): void {
    this.#phase = "closed";
    this.#readDeadline.stop();
    this.#writeDeadline?.stop();
    this.#inbox.clear();
    this.#outbox.abandon();
    this.#responder.abort();
    this.#notify({ kind: "closed", peer: this.peer });
  }

  /** Goes on with whatever can be done now, and writes what that made. */
  #advance(): void {
    try {
      this.#readRequests();
    } catch (error) {
      if (!isHttpSyntaxError(error)) throw error;
      this.#refuse(error);
    }
    this.#outbox.flush();
    if (this.#phase === "reading") this.#readDeadline.awaitRequest(this.#server.now, this.#parser.midMessage);
  }

  #readRequests(): void {
    while (this.#phase === "reading" || this.#phase === "skipping") {
      if (this.#outbox.isFull) return;
      if (this.#phase === "skipping") {
        const reached = this.#content.skip();
        if (reached === "need-data") return;
        if (reached === "too-much") this.#close();
        else this.#phase = "reading";
      } else if (this.#needsBytes) {
        if (!this.#feed()) return;
        this.#needsBytes = false;
      } else if (this.#parser.next() === "head") {
        this.#phase = "answering";
        this.#requests++;
        this.#readDeadline.suspend();
        this.#responder.answer(this.#parser.head);
      } else {
        this.#needsBytes = true;
      }
    }
  }

  #feed(): boolean {
    const chunk = this.#inbox.take();
    if (chunk !== undefined) {
      this.#parser.feed(chunk);
      return true;
    }
    if (this.#inputEnded) {
      this.#parser.finish();
      this.#close();
    }
    return false;
  }

  /** The client sent what is not HTTP: it is told so, and nothing after it is looked at. */
  #refuse(error: HttpSyntaxError): void {
    this.#server.counters.malformed++;
    const { code, status } = error;
    const message = explainSyntaxError(error);
    this.#notify({ kind: "malformed", peer: this.peer, error: { code, status, message } });
    if (this.#phase === "reading") this.#sayLast(textResponse(status, message));
    else this.#close();
  }

  #sayLast(response: HttpResponse): void {
    const { head, content } = planResponse(response, {
      isHead: false,
      versionMinor: 1,
      keepAlive: false,
      now: monotonicMs(),
    });
    this.#outbox.addLatin1(head);
    if (content.kind === "text") this.#outbox.addUtf8(content.text, content.length);
    this.#close();
  }

  #close(): void {
    this.#phase = "closing";
    this.#readDeadline.stop();
    this.#inbox.clear();
    const pending = this.#outbox.taken();
    if (pending === undefined) this.#linger();
    else void pending.then(() => this.#linger());
  }

  #linger(): void {
    if (this.#phase === "closed") return;
    const { sweep, settings } = this.#server;
    lingerAndClose(this.#socket, sweep, settings.lingerTimeoutMs, { onForced: () => this.#noteTimeout("close") });
  }

  #onReadTimeout(awaited: AwaitedInput): void {
    if (awaited === "response") {
      this.#checkHalfClosed();
      return;
    }
    // It is busy with the last response. Its time between requests begins when it has taken that.
    if (awaited === "next-request" && !this.#outbox.isEmpty) return;
    if (awaited !== "next-request") this.#noteTimeout(awaited);
    const error = new HttpError(408, "request-timeout", "Cannot wait any longer for the request");
    if (this.#content.isWaiting) this.#content.fail(error);
    else if (awaited === "head") this.#sayLast(errorResponse(error));
    else this.#socket.destroy();
  }

  #checkHalfClosed(): void {
    const { bytesWritten } = this.#socket;
    // What the client has not taken yet has deadlines of its own.
    if (bytesWritten === this.#writtenBytes && this.#outbox.isEmpty) {
      this.#noteTimeout("response");
      resetConnection(this.#socket);
      return;
    }
    this.#writtenBytes = bytesWritten;
    this.#readDeadline.suspend();
  }

  #onWriteTimeout(): void {
    this.#noteTimeout("write");
    resetConnection(this.#socket);
  }

  #noteTimeout(waitedFor: (ConnectionEvent & { kind: "timed-out" })["waitedFor"]): void {
    this.#server.counters.timedOut++;
    this.#notify({ kind: "timed-out", peer: this.peer, waitedFor });
  }

  #notify(event: ConnectionEvent): void {
    this.#server.onConnection?.(event);
  }
}
