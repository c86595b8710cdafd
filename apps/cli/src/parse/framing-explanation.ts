/**
 * Why a message's content is as long as it is: the step of Message Body Length (RFC 9112 §6.3) that decided. The
 * parser has decided already; this only finds out which step it must have been.
 */
import type { RequestHead, ResponseHead } from "@tinyhttp/http-parser";

/** The rule that all steps belong to. */
export const FRAMING_SECTION = "RFC 9112 §6.3";

export interface Framing {
  readonly kind: "none" | "tunnel" | "length" | "chunked" | "until-close";
  /** In bytes; only of the kind `length`. */
  readonly length?: number;
  /** From 1 to 8. */
  readonly step: number;
  /** What made a step apply that the kind does not tell. */
  readonly reason?: string;
}

export function requestFraming({ chunked, contentLength, fields }: RequestHead): Framing {
  if (chunked) return { kind: "chunked", step: 4 };
  if (contentLength !== undefined && fields.has("Content-Length")) return lengthFraming(contentLength);
  return { kind: "none", step: 7 };
}

/** @param requestMethod Of the request that is answered. */
export function responseFraming(head: ResponseHead, requestMethod: string): Framing {
  const { status, chunked, contentLength } = head;
  if (requestMethod === "HEAD") return { kind: "none", step: 1, reason: "answer to HEAD" };
  if (status < 200 || status === 204 || status === 304) return { kind: "none", step: 1, reason: `status ${status}` };
  if (head.upgrade) return { kind: "tunnel", step: 2, reason: `${status} to CONNECT` };
  if (chunked) return { kind: "chunked", step: 4 };
  return contentLength === undefined ? { kind: "until-close", step: 8 } : lengthFraming(contentLength);
}

function lengthFraming(length: number): Framing {
  return { kind: "length", length, step: 6 };
}
