import type { Handler } from "./handler.ts";
import { encodedPath, queryOf } from "./request-path.ts";
import type { HttpRequest } from "./request.ts";
import type { HttpResponse } from "./response.ts";

export interface RedirectToHttpsOptions {
  /**
   * Host names and IP addresses (IPv6 without brackets) that the secure server is reached by. A client is sent to the
   * one that it asked for, and nowhere else.
   */
  readonly hosts: readonly string[];
  /** Port of the secure server; default 443. */
  readonly port?: number | undefined;
}

/** Credentials that a client has sent in the clear: to go on as if nothing had happened would hide that. */
const CREDENTIALS = ["authorization", "cookie", "x-api-key", "x-auth-token"] as const;
const PLAIN_TEXT = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
const MISDIRECTED = text(421, "This server does not answer for the host that was asked for");
const IN_THE_CLEAR = text(
  403,
  "This was sent in the clear, and is not taken: send it to the same address with https://",
);

/**
 * Makes a handler for the port of plain HTTP beside a secure server: it sends readers there with 308 (RFC 9110
 * §15.4.9). Only GET and HEAD without credentials are sent on. What else comes has been sent where everybody can read
 * it; its sender has to learn of that, so it is answered with 403. A host that is not among `hosts` is answered with
 * 421 (RFC 9110 §15.5.20).
 *
 * @throws {TypeError} There is no host.
 */
export function redirectToHttps({ hosts, port = 443 }: RedirectToHttpsOptions): Handler {
  if (hosts.length === 0) throw new TypeError("Cannot redirect to https: expected at least one host, got none");
  const origins = new Map(hosts.map((host) => [host.toLowerCase(), originOf(host.toLowerCase(), port)]));
  return (request) => {
    const origin = origins.get(hostOf(request));
    if (origin === undefined) return MISDIRECTED;
    if (!mayBeSentOn(request)) return IN_THE_CLEAR;
    const { target } = request;
    const query = target.includes("?") ? `?${queryOf(target)}` : "";
    return { status: 308, headers: { location: `${origin}${encodedPath(target)}${query}` } };
  };
}

function mayBeSentOn({ method, headers }: HttpRequest): boolean {
  return (method === "GET" || method === "HEAD") && !CREDENTIALS.some((name) => headers.has(name));
}

/** The host without its port, in lower case; an IPv6 address without its brackets. */
function hostOf({ headers }: HttpRequest): string {
  const host = (headers.get("host") ?? "").toLowerCase();
  return /^\[(.*)\](?::\d*)?$/.exec(host)?.[1] ?? host.replace(/:\d*$/, "");
}

function originOf(host: string, port: number): string {
  const authority = host.includes(":") ? `[${host}]` : host;
  return port === 443 ? `https://${authority}` : `https://${authority}:${port}`;
}

function text(status: number, message: string): HttpResponse {
  return Object.freeze({ status, headers: Object.freeze(PLAIN_TEXT), body: `${message}\n` });
}
