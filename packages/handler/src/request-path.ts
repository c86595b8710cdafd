/**
 * The one reading of a request-target's path. Everything that two programs could read differently is refused
 * here, once, so that no later step decodes or normalises again.
 */
import { HttpError } from "./http-error.ts";

// A plain target: nothing to decode, no empty or dot segment to remove. Most requests end here.
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w\-~!$&'()*+,;=:@.]+)*\/?$/;
// C0 controls, DEL, C1 controls and the backslash, which Windows reads as a separator.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\\]/;

/**
 * Decodes and normalises the path of a request-target (RFC 9112 §3.2, RFC 3986 §5.2.4, §6.2.2).
 *
 * Percent-encoding is decoded once, as UTF-8; empty segments and `.` vanish; `..` removes its predecessor;
 * a trailing `/` stays. `*` (the server as a whole) gives `/`.
 *
 * @param target Origin-form (`/a?b`), absolute-form (`http://host/a`) or `*`.
 * @throws {HttpError} 400 `bad-path` for an encoded slash or backslash, a control character, invalid UTF-8, a
 *   malformed percent-encoding, or `..` above the root or after an empty segment.
 */
export function normalisePath(target: string): string {
  const encoded = encodedPath(target);
  if (PLAIN_PATH.test(encoded)) return encoded;
  const trailingSlash = /\/(?:\.|%2e){0,2}$/i.test(encoded);
  const segments: string[] = [];
  for (const segment of encoded.slice(1).split("/")) {
    const decoded = decodeSegment(segment);
    if (decoded === "..") removePredecessor(segments);
    else if (decoded !== ".") segments.push(decoded);
  }
  const named = segments.filter((segment) => segment !== "");
  if (named.length === 0) return "/";
  return `/${named.join("/")}${trailingSlash ? "/" : ""}`;
}

/** What follows the first `?`, undecoded; empty when there is none. */
export function queryOf(target: string): string {
  const mark = target.indexOf("?");
  return mark === -1 ? "" : target.slice(mark + 1);
}

/** The path of a target as sent, still percent-encoded; it starts with `/`. */
export function encodedPath(target: string): string {
  const mark = target.indexOf("?");
  const beforeQuery = mark === -1 ? target : target.slice(0, mark);
  if (beforeQuery.startsWith("/")) return beforeQuery;
  if (beforeQuery === "*") return "/";
  const authority = beforeQuery.indexOf("://");
  if (authority === -1) throw badPath("the target has no path");
  const slash = beforeQuery.indexOf("/", authority + 3);
  return slash === -1 ? "/" : beforeQuery.slice(slash);
}

export function badPath(reason: string, cause?: unknown): HttpError {
  return new HttpError(400, "bad-path", `Cannot read the path of the request: ${reason}`, { cause });
}

// RFC 3986 §5.2.4 lets `..` remove an empty segment (`/a//../b` is `/a/b`), a server that merges slashes first
// does not (`/b`). A guard and an application that read it differently would let a request pass between them.
function removePredecessor(segments: string[]): void {
  const removed = segments.pop();
  if (removed === undefined) throw badPath("it leads above the root");
  if (removed === "") throw badPath("it has a .. after an empty segment");
}

function decodeSegment(segment: string): string {
  const decoded = segment.includes("%") ? percentDecode(segment) : segment;
  if (decoded.includes("/")) throw badPath("it has an encoded slash");
  if (FORBIDDEN.test(decoded)) throw badPath("it has a control character or a backslash");
  return decoded;
}

function percentDecode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw badPath("its percent-encoding is malformed or not UTF-8", cause);
  }
}
