/** The URL that a fetch application sees: scheme of the connection, host of the request, target as sent. */
import { HttpError } from "../http-error.ts";
import { encodedPath, queryOf } from "../request-path.ts";
import type { HttpRequest } from "../request.ts";

// What URL parsers remove, or read as something else than the byte that was sent: dot segments (RFC 3986 §5.2.4),
// a backslash, control characters.
const AMBIGUOUS = /\/(?:\.|%2e){1,2}(?:\/|$)|[\\\u0000-\u001f\u007f-\u009f]/i;
// Origin-form without ambiguity, of characters that a URL keeps as they are.
const PLAIN_TARGET = /^(?!.*\/(?:\.|%2e){1,2}(?:[/?]|$))\/[\w\-.~!$&()*+,;=:@%/]*(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?$/i;
// RFC 3986 §3.2 without userinfo, which RFC 9110 §4.2.4 tells recipients to distrust.
const AUTHORITY = /^[^\s/?#@\\]+$/;

/**
 * Gives `request.url` for a fetch application (RFC 9110 §7.1, RFC 9112 §3.3).
 *
 * A path is kept as it was sent, encoded slashes and empty segments included: it is the application's to route.
 * Only a path with dot segments is replaced by `request.path`, so that a guard before the application and the
 * application read the same.
 *
 * @throws {HttpError} 400 `bad-host` when the host is not one, 400 `bad-path` as `request.path` throws it.
 */
export function requestUrl(request: HttpRequest): string {
  const { target } = request;
  const { encrypted } = request.peer;
  // HTTP/1.0 has no Host (RFC 9112 §3.2); an application still needs an absolute URL.
  const host = request.headers.get("host") ?? "localhost";
  if (PLAIN_TARGET.test(target)) return originOf(host, encrypted) + target;
  // RFC 9112 §3.2.2: in absolute-form the target's own authority holds, and Host is ignored.
  const authority = target.startsWith("/") ? undefined : /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
  return new URL(originOf(authority ?? host, encrypted) + restOf(request)).href;
}

// The last one is kept: nearly all requests name the same host, and making a URL costs more than all else here.
let last = { host: "", encrypted: false, origin: "" };

function originOf(host: string, encrypted: boolean): string {
  if (host !== last.host || encrypted !== last.encrypted)
    last = { host, encrypted, origin: parsedOrigin(host, encrypted) };
  return last.origin;
}

function parsedOrigin(host: string, encrypted: boolean): string {
  const url = AUTHORITY.test(host) ? URL.parse(`${encrypted ? "https" : "http"}://${host}`) : null;
  if (url !== null) return url.origin;
  throw new HttpError(
    400,
    "bad-host",
    "Cannot read the host of the request: expected a name or address, and a port or none",
  );
}

function restOf(request: HttpRequest): string {
  const encoded = encodedPath(request.target);
  const path = AMBIGUOUS.test(encoded) ? encodeURI(request.path).replaceAll("?", "%3F") : encoded;
  const query = request.target.includes("?") ? `?${queryOf(request.target)}` : "";
  return (path + query).replaceAll("#", "%23");
}
