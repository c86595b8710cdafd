/** The port for people who type an address without https: they are sent on. Nothing else is served there. */
import { createAsyncServer } from "@tinyhttp/async-server";
import type { Handler, HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { type BoundAddress, formatAuthority } from "@tinyhttp/listener";
import { listenTcp } from "./listen.ts";

const HTTPS_PORT = 443;
// RFC 9110 §7.2: uri-host [ ":" port ].
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d*)?$/i;
const CREDENTIALS = ["authorization", "x-api-key", "x-auth-token", "cookie"];

export interface Redirect {
  readonly address: BoundAddress;
  readonly close: () => Promise<void>;
}

/**
 * @param target Where the encrypted server listens.
 * @param protect Refuses those who may not even be sent on.
 * @throws {CannotRun} The port cannot be had.
 */
export async function openRedirect(
  port: number,
  host: string | undefined,
  target: BoundAddress,
  protect: (handler: Handler) => Handler,
): Promise<Redirect> {
  const server = createAsyncServer(protect(redirectTo(target.kind === "tcp" ? target.port : HTTPS_PORT)));
  const address = await listenTcp(server, { host, port, isPortGiven: true });
  return { address, close: () => server.close({ deadlineMs: 0 }) };
}

/** @param port Of the encrypted server, under the name that was asked for. */
export function redirectTo(port: number): Handler {
  return (request) => {
    const name = HOST.exec(request.headers.get("host") ?? "")?.[1];
    if (name === undefined) return answer(400, "Cannot send you on: expected a Host field with a name");
    // Who sends a secret without encryption is a program; sent on, it would do so every time.
    if (!isBrowsing(request)) return answer(403, "This port only sends browsers on: ask with https");
    const origin = `https://${port === HTTPS_PORT ? name : formatAuthority(name.replace(/^\[|\]$/g, ""), port)}`;
    return { ...answer(308, "Ask with https"), headers: { ...FIELDS, Location: origin + originForm(request.target) } };
  };
}

function isBrowsing({ method, headers, query }: HttpRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return !CREDENTIALS.some((name) => headers.has(name)) && !/(?:^|&)api(?:_|%5f)key=/i.test(query);
}

/** RFC 9112 §3.2.1. Two slashes at the beginning would be read as another host's name. */
function originForm(target: string): string {
  return target.startsWith("/") ? target.replace(/^\/+/, "/") : "/";
}

const FIELDS = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };

function answer(status: number, sentence: string): HttpResponse {
  return { status, headers: FIELDS, body: `${sentence}\n` };
}
