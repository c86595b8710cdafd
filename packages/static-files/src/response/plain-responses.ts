/** The answers that carry no file. */
import type { HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import type { Field, FieldPolicy } from "./response-fields.ts";

/** RFC 9110 §10.2.1: what a 405 and the answer to OPTIONS list. */
const ALLOWED_METHODS = "GET, HEAD, OPTIONS";

// Seconds. What a 503 here is about (descriptors, a disk that is being mounted) is over soon or needs a person.
const RETRY_AFTER = "1";

/** Prepared once: none of them depends on the request. */
export interface PlainResponses {
  readonly notFound: HttpResponse;
  readonly methodNotAllowed: HttpResponse;
  readonly options: HttpResponse;
  readonly notAcceptable: HttpResponse;
  readonly unavailable: HttpResponse;
}

/** @param spaVary What a 404 depends on, in a site that answers navigations with one page. */
export function preparePlainResponses(policy: FieldPolicy, spaVary: readonly string[]): PlainResponses {
  const allow: Field = ["Allow", ALLOWED_METHODS];
  return {
    notFound: text(404, "Not Found", policy, [["Cache-Control", "no-cache"]], spaVary),
    methodNotAllowed: text(405, "Method Not Allowed", policy, [allow]),
    options: { status: 204, headers: encodeFields(policy.forOther([allow])) },
    notAcceptable: text(406, "Not Acceptable", policy, [], ["Accept-Encoding"]),
    unavailable: text(503, "Service Unavailable", policy, [["Retry-After", RETRY_AFTER]]),
  };
}

/**
 * A redirect to a directory's path with its final slash.
 *
 * @param path Normalised, so it begins with exactly one slash: what stands there cannot be read as a host.
 */
export function directoryRedirect(path: string, query: string, policy: FieldPolicy): HttpResponse {
  const encodedPath = path.split("/").map(encodeURIComponent).join("/");
  const location = `${encodedPath}/${query === "" ? "" : `?${query}`}`;
  // Stored for ever without it, although the directory may become a file.
  return text(301, "Moved Permanently", policy, [
    ["Location", location],
    ["Cache-Control", "no-cache"],
  ]);
}

function text(
  status: number,
  reason: string,
  policy: FieldPolicy,
  own: readonly Field[],
  vary: readonly string[] = [],
): HttpResponse {
  const fields = policy.forOther([["Content-Type", "text/plain; charset=utf-8"], ...own], vary);
  return Object.freeze({ status, headers: encodeFields(fields), body: Buffer.from(`${status} ${reason}\n`) });
}
