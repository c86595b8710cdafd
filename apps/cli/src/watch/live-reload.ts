/**
 * Pages that load themselves again when a file has changed. A script is put behind each page that a person goes to; it
 * listens for changes (server-sent events), and knows from its own address what the page was made of.
 */
import type { Handler, HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { ChangeFeed } from "./change-feed.ts";
import { injectScript } from "./inject-script.ts";
import { UnconditionalRequest } from "./unconditional-request.ts";

/** Reserved for the program; the list of a directory has files of its own there. */
const FOLDER = ".tinyhttp/";
/** Pages that may listen at a time. */
const MOST_LISTENERS = 100;
/** Now and then something is said, so that who has gone without a word is noticed. */
const HEARTBEAT_MS = 15_000;
const ASKS_FOR_HTML = /(?:^|[\s,])text\/html(?![\w.+-])/i;

/**
 * A browser keeps six connections to a server, and a page that listens takes one: pages that nobody sees give theirs
 * back, and look again when they are shown.
 */
const SCRIPT = `const { src } = document.currentScript;
const shown = new URL(src).search.slice(1);
let changes;
function listen() {
  changes?.close();
  if (document.hidden) return;
  changes = new EventSource(new URL("changes", src));
  changes.onmessage = ({ data }) => {
    if (data === shown) return;
    changes.close();
    location.reload();
  };
}
document.addEventListener("visibilitychange", listen);
listen();
`;

const encoder = new TextEncoder();

/** @param basePath Path under which the handler's files appear. */
export function liveReload(handler: Handler, feed: ChangeFeed, basePath: string): Handler {
  const folder = `${basePath.replace(/\/*$/, "/")}${FOLDER}`;
  return (request) => {
    if (request.method !== "GET") return handler(request);
    if (request.path === `${folder}reload.js`) return text(200, "text/javascript; charset=utf-8", SCRIPT);
    if (request.path === `${folder}changes`) return answerEvents(request, feed);
    if (!isNavigation(request)) return handler(request);
    return answerPage(handler, request, `${encodeURI(folder)}reload.js?${feed.version}`);
  };
}

/** The version is taken before the page is: a change in between is one that the page may not have. */
async function answerPage(handler: Handler, request: HttpRequest, src: string): Promise<HttpResponse> {
  return injectScript(await handler(new UnconditionalRequest(request)), src);
}

function isNavigation({ headers }: HttpRequest): boolean {
  const mode = headers.get("sec-fetch-mode");
  return mode === undefined ? ASKS_FOR_HTML.test(headers.get("accept") ?? "") : mode === "navigate";
}

function answerEvents({ signal }: HttpRequest, feed: ChangeFeed): HttpResponse {
  if (feed.waiting >= MOST_LISTENERS) return text(503, "text/plain; charset=utf-8", "Too many pages listen\n");
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store" };
  return { status: 200, headers, body: events(feed, signal) };
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
async function* events(feed: ChangeFeed, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let told = "";
  while (!feed.isClosed && !signal.aborted) {
    const { version } = feed;
    yield encoder.encode(told === version ? ":\n\n" : `retry: 1000\ndata: ${version}\n\n`);
    told = version;
    // It may have changed while that was sent.
    if (told === feed.version) await feed.next(HEARTBEAT_MS, signal);
  }
}

function text(status: number, contentType: string, body: string): HttpResponse {
  const headers = { "Content-Type": contentType, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  return { status, headers, body };
}
