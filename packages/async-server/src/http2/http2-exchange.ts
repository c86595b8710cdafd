/** One HTTP/2 stream: a request into its response. */
import type { ServerHttp2Stream } from "node:http2";
import { HttpError, type HttpResponse, isHttpError, type Peer } from "@tinyhttp/handler";
import type { RequestHead } from "@tinyhttp/http-parser";
import { monotonicMs } from "../clock.ts";
import { isStream } from "../content-producer.ts";
import { earlyResponse } from "../early-response.ts";
import { errorResponse } from "../error-response.ts";
import { isThenable } from "../is-thenable.ts";
import { ExchangeRecord } from "../exchange-record.ts";
import { sendFile } from "../file-body.ts";
import { planRepeated } from "../repeated-plan.ts";
import { type RequestConnection, ServerRequest } from "../request.ts";
import { NO_CONTENT, planResponse, type ResponsePlan } from "../response-plan.ts";
import { discardBody, discardContent } from "../response-writer.ts";
import type { ServerContext } from "../server-context.ts";
import { sendStream } from "../stream-body.ts";
import { clientGone, Http2Content } from "./http2-content.ts";
import { Http2Outlet, type OutletObserver, SMALLEST_WRITE_BYTES } from "./http2-outlet.ts";
import { responseFields } from "./http2-response-fields.ts";
import { Http2WriteDeadline } from "./http2-write-deadline.ts";

/** RFC 9113 §7. */
const NO_ERROR = 0;
const CANCEL = 8;

/** The connection that an exchange is on. */
export interface ExchangeOwner {
  /** Nothing is left to be done for a response but to send it. */
  onAnswered(): void;
  /** Whether an answer has to wait; the connection calls it later then. */
  holds(answer: () => void): boolean;
}

export class Http2Exchange implements RequestConnection, OutletObserver {
  readonly peer: Peer;
  readonly #server: ServerContext;
  readonly #stream: ServerHttp2Stream;
  readonly #owner: ExchangeOwner;
  readonly #record: ExchangeRecord | undefined;
  readonly #writeDeadline: Http2WriteDeadline;
  #request: ServerRequest | undefined;
  #content: Http2Content | undefined;
  #outlet: Http2Outlet | undefined;
  #cancel: (() => void) | undefined;
  #isGone = false;
  #isCancelled = false;
  bytesSent = 0;

  constructor(server: ServerContext, peer: Peer, stream: ServerHttp2Stream, owner: ExchangeOwner) {
    this.#server = server;
    this.peer = peer;
    this.#stream = stream;
    this.#owner = owner;
    this.#writeDeadline = new Http2WriteDeadline(server.settings);
    this.#record = server.onExchange === undefined ? undefined : new ExchangeRecord(peer);
  }

  /** Bytes of the request's content that were read. */
  get bytesReceived(): number {
    return this.#content?.bytes ?? 0;
  }

  /** Whether the response is complete, as far as this side is concerned. */
  get isAnswered(): boolean {
    return this.#request === undefined;
  }

  /** @param receivedAt When the head was there: the answer may have been held since. */
  answer(head: RequestHead, receivedAt: number): void {
    const { handler, settings, counters } = this.#server;
    const request = new ServerRequest(this, head, receivedAt);
    request.own(head);
    this.#request = request;
    counters.requests++;
    if (head.contentLength !== 0) this.#content = new Http2Content(this.#stream, settings, head.expectsContinue);
    this.#record?.begin(request, "2");
    let response: HttpResponse | Promise<HttpResponse>;
    try {
      response = earlyResponse(request.method, head.contentLength, settings.maxBodyBytes) ?? handler(request);
    } catch (error) {
      response = this.#errorResponse(error);
    }
    if (isThenable(response)) this.#answerLater(request, Promise.resolve(response));
    else this.#respond(request, response);
  }

  /** Answers what has no request that a handler could be given. */
  refuse(response: HttpResponse): void {
    void this.#send(planResponse(response, { isHead: false, versionMinor: 1, keepAlive: true, now: monotonicMs() }));
  }

  readContent(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    return this.#content?.readContent();
  }

  /** The stream is closed: whoever works for it is told. */
  abort(): void {
    this.#isGone = true;
    const request = this.#request;
    if (request === undefined) return;
    request.abort();
    this.#cancel?.();
    this.#outlet?.abandon();
    this.#content?.fail(clientGone());
    this.#end(request, false);
  }

  /** @returns What the client did not do in time, if anything; after `write`, `reset` when it did not even take that. */
  checkDeadlines(now: number): "body" | "write" | "reset" | undefined {
    if (this.#content !== undefined && this.#content.deadline <= now) {
      this.#content.fail(new HttpError(408, "request-timeout", "Cannot wait any longer for the request"));
      return "body";
    }
    if (!this.#writeDeadline.isOver(now)) return undefined;
    this.#writeDeadline.start(0);
    if (this.#isCancelled) return "reset";
    this.#isCancelled = true;
    this.#stream.close(CANCEL);
    return "write";
  }

  #answerLater(request: ServerRequest, promise: Promise<HttpResponse>): void {
    this.#server.counters.answering++;
    const onAnswer = (response: HttpResponse | undefined): void => {
      if (this.#owner.holds(() => onAnswer(response))) return;
      this.#server.counters.answering--;
      if (this.#isGone || response === undefined) discardBody(response);
      else this.#respond(request, response);
    };
    promise.then(onAnswer, (error: unknown) => onAnswer(this.#isGone ? undefined : this.#errorResponse(error)));
  }

  #respond(request: ServerRequest, response: HttpResponse): void {
    const plan = this.#plan(request, response);
    this.#record?.answer(plan);
    const pending = this.#trySend(plan);
    if (pending === undefined) {
      this.#end(request, true);
      return;
    }
    pending.then(
      () => (this.#isGone ? undefined : this.#finish(request)),
      (error: unknown) => this.#onBroken(request, error),
    );
  }

  #plan(request: ServerRequest, response: HttpResponse): ResponsePlan {
    const isHead = request.method === "HEAD";
    const context = { isHead, versionMinor: 1, keepAlive: true, now: monotonicMs() } as const;
    try {
      if (request.hasOpenBody && isStream(response.body)) this.#content?.askForContent();
      return planRepeated(response, context);
    } catch (error) {
      discardBody(response);
      return planResponse(this.#errorResponse(error), context);
    }
  }

  /** As {@link #send}. Node refuses fields that HTTP/1.1 takes, such as a second Location. */
  #trySend(plan: ResponsePlan): Promise<void> | undefined {
    try {
      return this.#send(plan);
    } catch (error) {
      discardContent(plan.content);
      return Promise.reject(error);
    }
  }

  /** @returns A promise when the content has to be waited for. */
  #send(plan: ResponsePlan): Promise<void> | undefined {
    if (!plan.sendsContent) discardContent(plan.content);
    const content = plan.sendsContent ? plan.content : NO_CONTENT;
    const stream = this.#stream;
    const respond = (endStream: boolean): void => stream.respond([...responseFields(plan)], { endStream });
    if (stream.destroyed || stream.closed) {
      discardContent(content);
      return undefined;
    }
    if (content.kind === "file" || content.kind === "stream") {
      const outlet = this.#openOutlet();
      const isGone = (): boolean => this.#isGone;
      const onSent = (bytes: number): void => void (this.bytesSent += bytes);
      if (content.kind === "file") return sendFile(content.slice, outlet, () => respond(false), isGone, onSent);
      respond(false);
      this.#cancel = () => content.producer.cancel();
      const framing = { chunked: false, length: content.length };
      return sendStream(content.producer, outlet, framing, isGone, onSent)
        .then(() => outlet.taken())
        .finally(() => content.producer.cancel());
    }
    const length = content.kind === "none" ? 0 : content.length;
    respond(length === 0);
    this.bytesSent = length;
    if (content.kind !== "none" && length > SMALLEST_WRITE_BYTES) {
      const outlet = this.#openOutlet();
      outlet.addBytes(content.kind === "bytes" ? content.bytes : Buffer.from(content.text));
      return outlet.taken();
    }
    this.#writeDeadline.start(length);
    if (content.kind !== "none" && length > 0) stream.end(content.kind === "bytes" ? content.bytes : content.text);
    this.#abandonContent();
    return undefined;
  }

  #openOutlet(): Http2Outlet {
    return (this.#outlet = new Http2Outlet(this.#stream, this));
  }

  onBacklog(bytes: number): void {
    if (this.#isCancelled) return;
    if (bytes === 0) this.#writeDeadline.stop();
    else this.#writeDeadline.start(bytes);
  }

  onMove(): void {
    if (!this.#isCancelled) this.#writeDeadline.onMove();
  }

  #finish(request: ServerRequest): void {
    this.#stream.end();
    this.#abandonContent();
    this.#end(request, true);
  }

  /** RFC 9113 §8.1: the response is complete, so the client need not send the rest of the request. */
  #abandonContent(): void {
    if (this.#content === undefined || this.#content.isComplete) return;
    this.#stream.close(NO_ERROR);
  }

  #onBroken(request: ServerRequest, error: unknown): void {
    if (this.#isGone) return;
    const response = this.#errorResponse(error);
    // RFC 9113 §8.1: reset with INTERNAL_ERROR. A stream that is closed instead ends as if it were complete.
    if (this.#stream.headersSent) this.#stream.destroy(new Error("Cannot complete the response", { cause: error }));
    else this.#respond(request, response);
  }

  #end(request: ServerRequest, complete: boolean): void {
    const { onExchange } = this.#server;
    if (this.#record !== undefined && onExchange !== undefined) {
      this.#record.bytesSent = this.bytesSent;
      this.#record.end(complete, onExchange);
    }
    this.#request = undefined;
    request.release();
    this.#owner.onAnswered();
  }

  #errorResponse(error: unknown): HttpResponse {
    if (!isHttpError(error)) this.#server.onError(error, this.#request);
    return errorResponse(error);
  }
}
