/** uri-host [ ":" port ], as in Host and in the authority of a request-target (RFC 9110 §7.2, RFC 3986 §3.2). */
import { endOfRun } from "./byte-run.ts";
import { COLON, DIGIT, HIGHEST_PORT, REG_NAME_CHAR, SAFE_PORT } from "./grammar.ts";
import { byteAt } from "./window.ts";

declare const URL: { canParse(url: string): boolean };

/**
 * reg-name = *( unreserved / pct-encoded / sub-delims ), without "," as in `REG_NAME_CHAR`; or
 * IP-literal = "[" IPv6address "]" (RFC 3986 §3.2.2), whose inside is checked apart; then port = *DIGIT (§3.2.3).
 * No IPvFuture has been defined and a zone id (RFC 6874) has no meaning for anybody but its sender.
 */
const HOST_AND_PORT = /^((?:[\w\-.~!$&'()*+;=]|%[\da-f]{2})*|\[[\da-f:.]+\])(?::(\d*))?$/i;

/** Host and port as sent; the port is `undefined` without a colon. */
export type HostAndPort = readonly [host: string, port: string | undefined];

/** An empty host is one (RFC 9110 §7.2: a target without authority has an empty Host). */
export function parseHost(text: string): HostAndPort | undefined {
  const [, host = "", port] = HOST_AND_PORT.exec(text) ?? ["", "["];
  const valid = +(port ?? 0) <= HIGHEST_PORT && (host[0] !== "[" || URL.canParse(`http://${host}`));
  return valid ? [host, port] : undefined;
}

/** Whether a name and at most a port that is one stand at window indexes `start` to `end`: told without decoding them. */
export function isPlainHost(start: number, end: number): boolean {
  const nameEnd = endOfRun(REG_NAME_CHAR, start);
  return (
    nameEnd === end ||
    (byteAt(nameEnd) === COLON &&
      (end - nameEnd) * 64 + byteAt(nameEnd + 1) < SAFE_PORT &&
      endOfRun(DIGIT, nameEnd + 1) === end)
  );
}
