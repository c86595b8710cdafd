/**
 * A handler's response into what is sent: decided here, without touching the socket. Whatever is wrong with the
 * response is found before its first byte is written.
 */
import { type FileSlice, type HeaderInit, type HttpResponse, isFileSlice, type ResponseBody } from "@tinyhttp/handler";
import { type EncodedFields, responseHead } from "@tinyhttp/http-parser";
import { type ContentProducer, contentProducer, isStream } from "./content-producer.ts";
import { currentHttpDate } from "./date.ts";
import { HEAD_END, headStart } from "./head-start.ts";
import type { LentBytes } from "./outbox.ts";
import { areKept, responseFields } from "./response-fields.ts";

/** What follows the head. */
export type PlannedContent =
  | { readonly kind: "none" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly length: number }
  | { readonly kind: "text"; readonly text: string; readonly length: number }
  | { readonly kind: "file"; readonly slice: FileSlice; readonly length: number }
  | {
      readonly kind: "stream";
      readonly producer: ContentProducer;
      readonly chunked: boolean;
      /** The Content-Length that the headers promise. */
      readonly length: number | undefined;
    };

export interface ResponsePlan {
  readonly status: number;
  readonly head: string;
  /** The head but for `headRest`, where it is at hand as bytes; valid during the turn. */
  readonly headBytes?: Uint8Array | undefined;
  /** The end of the head; nothing by default. */
  readonly headRest?: string | undefined;
  /** The Date of a plan that is used again, whose head changes with it. */
  readonly date?: string | undefined;
  /** Head and content, where they are at hand in one piece. */
  readonly whole?: LentBytes | undefined;
  readonly content: PlannedContent;
  /** Whether the content is sent; if not, it is to be discarded. */
  readonly sendsContent: boolean;
  /** Whether the connection persists; the head says the same. */
  readonly keepAlive: boolean;
  /** Whether the client can tell a complete response from one that broke off. */
  readonly isDelimited: boolean;
}

/** What the request and the connection have to say about the response. */
export interface ResponseContext {
  readonly isHead: boolean;
  readonly versionMinor: 0 | 1;
  /** Whether the connection could persist. */
  readonly keepAlive: boolean;
  /** On the monotonic clock: when the turn began, or a little later. */
  readonly now: number;
}

/** What a response without content carries. */
export const NO_CONTENT: PlannedContent = { kind: "none" };

/**
 * Frames a response (RFC 9112 §6, §9.3).
 *
 * @throws {TypeError|RangeError} What the handler returned is not a response that can be sent.
 */
export function planResponse(response: HttpResponse, context: ResponseContext): ResponsePlan {
  const { status, body, headers } = checkedResponse(response);
  const fields = responseFields(headers);
  const content = planContent(body, fields, context.versionMinor);
  const framing = framingOf(content, fields, status, context);
  const keepAlive = context.keepAlive && !fields.wantsClose && framing !== "until-close";
  const sendsContent = !context.isHead && status !== 204 && status !== 205 && status !== 304;
  const isDelimited = framing !== "until-close";
  if (content.kind === "text" && sendsContent && keepAlive && context.versionMinor === 1 && isUsual(headers, fields)) {
    const { text, bytes: headBytes } = headStart(status, fields, currentHttpDate(context.now));
    const headRest = content.length + HEAD_END;
    return { status, head: text + headRest, headBytes, headRest, content, sendsContent, keepAlive, isDelimited };
  }
  const head = responseHead({
    status,
    fields,
    framing,
    keepAlive,
    date: currentHttpDate(context.now),
    versionMinor: context.versionMinor,
  });
  return { status, head, content, sendsContent, keepAlive, isDelimited };
}

/** Whether other responses have these fields too, with lengths of their own. */
function isUsual(headers: HeaderInit | undefined, fields: EncodedFields): boolean {
  return fields.contentLength === undefined && areKept(headers);
}

function checkedResponse(response: HttpResponse): HttpResponse {
  // A handler in plain JavaScript may return anything.
  if (typeof response !== "object" || response === null) {
    throw new TypeError(`Cannot send a response: expected an object with a status, got ${typeof response}`);
  }
  const { status } = response;
  if (Number.isInteger(status) && status >= 200 && status <= 599) return response;
  throw new RangeError(`Cannot send a response: expected a status from 200 to 599, got ${status}`);
}

function planContent(body: ResponseBody | undefined, fields: EncodedFields, versionMinor: 0 | 1): PlannedContent {
  if (body === null || body === undefined) return NO_CONTENT;
  if (typeof body === "string") return { kind: "text", text: body, length: Buffer.byteLength(body) };
  if (body instanceof Uint8Array) return { kind: "bytes", bytes: body, length: body.length };
  if (typeof body === "object") {
    if (isFileSlice(body)) return { kind: "file", slice: body, length: body.length };
    if (isStream(body)) {
      const length = fields.contentLength;
      return {
        kind: "stream",
        producer: contentProducer(body),
        length,
        chunked: length === undefined && versionMinor === 1,
      };
    }
  }
  throw new TypeError("Cannot send a response: expected a body of text, bytes, a file slice or a stream of bytes");
}

type Framing = number | "chunked" | "until-close" | "none";

function framingOf(content: PlannedContent, fields: EncodedFields, status: number, context: ResponseContext): Framing {
  // RFC 9110 §8.6: 204 has no Content-Length; the one of a 304 or an answer to HEAD tells of the GET.
  if (status === 204) return "none";
  // RFC 9110 §15.3.6: 205 tells the client to reset its view, and has no content of its own.
  if (status === 205) return 0;
  if (content.kind === "none") {
    if (status === 304 || context.isHead) return fields.contentLength ?? "none";
    return 0;
  }
  if (content.length !== undefined) return content.length;
  if (context.isHead || status === 304) return "none";
  return context.versionMinor === 1 ? "chunked" : "until-close";
}
