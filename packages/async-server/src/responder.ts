/**
 * One request at a time into its response: asks the handler, plans what it answers, and sees that through to the last
 * byte. It knows nothing of what comes before or after; its owner is told when the response is out.
 */
import { HttpError, type HttpResponse, isHttpError } from "@tinyhttp/handler";
import type { RequestHead, RequestParser } from "@tinyhttp/http-parser";
import { monotonicMs } from "./clock.ts";
import type { ContentReader } from "./content-reader.ts";
import { isStream } from "./content-producer.ts";
import { earlyResponse } from "./early-response.ts";
import { errorResponse } from "./error-response.ts";
import { ExchangeRecord } from "./exchange-record.ts";
import { isThenable } from "./is-thenable.ts";
import type { Outbox } from "./outbox.ts";
import { type RequestConnection, ServerRequest } from "./request.ts";
import { planRepeated } from "./repeated-plan.ts";
import { planResponse, type ResponsePlan } from "./response-plan.ts";
import { discardBody, discardContent, ResponseWriter } from "./response-writer.ts";
import type { ServerContext } from "./server-context.ts";

/** The connection that a responder works for. */
export interface ResponderOwner extends RequestConnection {
  /** Whether the connection could carry another exchange after this one. */
  canPersist(): boolean;
  /** The response is out. @param persists Whether it said that the connection persists. */
  onResponse(persists: boolean): void;
  /** As {@link onResponse}, in a later turn than the request. */
  onLateResponse(persists: boolean): void;
  /** The response broke off. @param isDelimited Whether the client can tell. */
  onBrokenResponse(isDelimited: boolean): void;
}

export class Responder {
  readonly #server: ServerContext;
  readonly #owner: ResponderOwner;
  readonly #parser: RequestParser;
  readonly #content: ContentReader;
  readonly #writer: ResponseWriter;
  readonly #record: ExchangeRecord | undefined;
  #request: ServerRequest | undefined;
  #isGone = false;

  constructor(
    server: ServerContext,
    owner: ResponderOwner,
    parser: RequestParser,
    content: ContentReader,
    outbox: Outbox,
  ) {
    this.#server = server;
    this.#owner = owner;
    this.#parser = parser;
    this.#content = content;
    this.#writer = new ResponseWriter(outbox, () => this.#isGone);
    this.#record = server.onExchange === undefined ? undefined : new ExchangeRecord(owner.peer);
  }

  /** Answers the request that the parser has read the head of. */
  answer(head: RequestHead): void {
    const { handler, counters, settings } = this.#server;
    const request = new ServerRequest(this.#owner, head, this.#server.now);
    this.#request = request;
    counters.requests++;
    this.#content.begin(head);
    this.#record?.begin(request, head.versionMinor === 1 ? "1.1" : "1.0");
    let response: HttpResponse | Promise<HttpResponse>;
    try {
      response = earlyResponse(request.method, head.contentLength, settings.maxBodyBytes) ?? handler(request);
    } catch (error) {
      response = this.#errorResponse(error);
    }
    if (isThenable(response)) this.#answerLater(request, Promise.resolve(response));
    else if (this.#respond(request, response)) this.#owner.onResponse(this.#finish(request));
  }

  /** The client is gone: whoever works for it is told. */
  abort(): void {
    this.#isGone = true;
    const request = this.#request;
    if (request === undefined) return;
    request.abort();
    this.#writer.cancel();
    this.#content.fail(new HttpError(400, "client-gone", "Cannot read the content of the request: the client is gone"));
    this.#end(request, false);
  }

  #answerLater(request: ServerRequest, promise: Promise<HttpResponse>): void {
    request.own(this.#parser.takeHead());
    this.#server.counters.answering++;
    promise.then(
      (response) => this.#onAnswer(request, response),
      (error: unknown) => this.#onAnswer(request, this.#isGone ? undefined : this.#errorResponse(error)),
    );
  }

  #onAnswer(request: ServerRequest, response: HttpResponse | undefined): void {
    this.#server.counters.answering--;
    this.#server.now = monotonicMs();
    if (this.#isGone || response === undefined) discardBody(response);
    else if (this.#respond(request, response)) this.#owner.onLateResponse(this.#finish(request));
  }

  /** @returns Whether the response is out; if not, that is seen to. */
  #respond(request: ServerRequest, response: HttpResponse): boolean {
    const plan = this.#plan(request, response);
    request.persists = plan.keepAlive;
    this.#record?.answer(plan);
    if (!plan.sendsContent) discardContent(plan.content);
    const pending = this.#writer.write(plan);
    if (pending === undefined) return true;
    if (request.isBorrowed) request.own(this.#parser.takeHead());
    pending.then(
      () => (this.#isGone ? undefined : this.#owner.onLateResponse(this.#finish(request))),
      (error: unknown) => this.#onBroken(request, error, plan),
    );
    return false;
  }

  #plan(request: ServerRequest, response: HttpResponse): ResponsePlan {
    const { head } = request;
    const context = {
      isHead: request.method === "HEAD",
      versionMinor: head.versionMinor,
      keepAlive: head.keepAlive && this.#owner.canPersist(),
      now: this.#server.now,
    };
    try {
      // A streamed response may read on in the request, and once its head is out it is too late for 100 (Continue).
      if (request.hasOpenBody && isStream(response.body)) this.#content.askForContent();
      else if (!this.#content.canSkip) context.keepAlive = false;
      return planRepeated(response, context);
    } catch (error) {
      discardBody(response);
      return planResponse(this.#errorResponse(error), context);
    }
  }

  #onBroken(request: ServerRequest, error: unknown, plan: ResponsePlan): void {
    if (this.#isGone) return;
    this.#server.now = monotonicMs();
    const response = this.#errorResponse(error);
    if (this.#writer.headSent) this.#owner.onBrokenResponse(plan.isDelimited);
    else if (this.#respond(request, response)) this.#owner.onLateResponse(this.#finish(request));
  }

  /** @returns Whether the connection persists. */
  #finish(request: ServerRequest): boolean {
    this.#end(request, true);
    return request.persists;
  }

  #end(request: ServerRequest, complete: boolean): void {
    const { onExchange } = this.#server;
    if (this.#record !== undefined && onExchange !== undefined) {
      this.#record.bytesSent = this.#writer.bytesSent;
      this.#record.end(complete, onExchange);
    }
    this.#request = undefined;
    this.#content.abandon();
    request.release();
  }

  /** What the client is told of an error; what it is not told, `onError` is. */
  #errorResponse(error: unknown): HttpResponse {
    if (!isHttpError(error)) this.#server.onError(error, this.#request);
    return errorResponse(error);
  }
}
