/**
 * The way of a request: method → path → cache, else the file system → coding → conditions and ranges → response.
 * For a file in memory all of it is synchronous, and the response is one that was prepared before.
 */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { CachedFile } from "./cache/cached-file.ts";
import type { PageAsset } from "./listing/page-asset.ts";
import { fileFailureOf } from "./lookup/file-failure.ts";
import { identityAt } from "./lookup/file-identity.ts";
import { isNavigation } from "./lookup/navigation.ts";
import { negotiateHeld } from "./negotiate-held.ts";
import { asPreflightAnswer, isPreflight } from "./response/cors.ts";
import { directoryRedirect } from "./response/plain-responses.ts";
import type { Representation } from "./response/representation.ts";
import { selectResponse } from "./response/select-response.ts";
import type { Found, Site } from "./site.ts";
import { isFileChanged } from "./static-files-error.ts";
import { streamFile } from "./stream-file.ts";

export function answer(site: Site, request: HttpRequest): HttpResponse | Promise<HttpResponse> {
  const { method } = request;
  if (method !== "GET" && method !== "HEAD") return answerOtherMethod(site, request);
  const held = site.cache?.get(request.path, performance.now());
  if (held === undefined) return answerWithFailures(site, answerPath(site, request));
  const representation = negotiate(site, request, held);
  if (representation instanceof Promise) {
    return answerWithFailures(site, sendLater(site, request, representation));
  }
  return send(site, request, representation);
}

function answerOtherMethod(site: Site, request: HttpRequest): HttpResponse {
  if (request.method !== "OPTIONS") return site.plain.methodNotAllowed;
  const isAnswered = site.options.cors !== "none" && isPreflight(request);
  return isAnswered ? asPreflightAnswer(site.plain.options) : site.plain.options;
}

async function answerWithFailures(site: Site, response: Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await response;
  } catch (error) {
    const failure = isFileChanged(error) ? "busy" : fileFailureOf(error);
    if (failure === "broken") throw error;
    return failure === "busy" ? site.plain.unavailable : site.plain.notFound;
  }
}

async function answerPath(site: Site, request: HttpRequest): Promise<HttpResponse> {
  const { basePath } = site.options;
  if (request.path === basePath) return directoryRedirect(basePath, request.query, site.policy);
  if (!request.path.startsWith(`${basePath}/`)) return site.plain.notFound;
  const path = request.path.slice(basePath.length);
  const asset = await pageAssetFor(site, path);
  if (asset !== undefined) return (await import("./answer-page-asset.ts")).answerPageAsset(site, request, asset);
  const found = await site.find(path);
  if (isFile(found)) return sendLater(site, request, represent(site, request, found));
  if (found.kind === "directory") {
    // Its collator and its digests take 9 ms of a server's start, and many sites never list a directory.
    const { answerDirectory } = await import("./answer-directory.ts").catch((error: unknown) => {
      found.close();
      throw error;
    });
    const answer = await answerDirectory(site, request, { ...found, path });
    return answer === "absent" ? answerAbsent(site, request) : answer;
  }
  if (found.kind === "directory-name") return directoryRedirect(request.path, request.query, site.policy);
  return answerAbsent(site, request);
}

/** What a listing loads of the program's own; only listings are in need of it. */
async function pageAssetFor({ options }: Site, path: string): Promise<PageAsset | undefined> {
  if (!options.listing || !path.includes("/.tinyhttp/")) return undefined;
  const { pageAssetAt } = await import("./listing/page-asset.ts");
  return pageAssetAt(path);
}

async function answerAbsent(site: Site, request: HttpRequest): Promise<HttpResponse> {
  const { spaPage, notFoundPage } = site.options;
  if (!site.root.isPresent()) return site.plain.unavailable;
  if (spaPage !== undefined && isNavigation(request)) {
    const page = await representPage(site, request, spaPage);
    if (page !== "none") return send(site, request, page);
  }
  const page = notFoundPage === undefined ? "none" : await representPage(site, request, notFoundPage);
  return page === "none" ? site.plain.notFound : page.asNotFound();
}

async function representPage(site: Site, request: HttpRequest, path: string): Promise<Representation | "none"> {
  // Asked for with every 404, and most sites have none: this look costs 1 µs, the search 20.
  if (identityAt(site.root.resolve(path)) === undefined) return "none";
  const found = await site.find(path);
  if (found.kind === "directory") found.close();
  return isFile(found) ? represent(site, request, found) : "none";
}

type FoundFile = Extract<Found, { kind: "held" | "file" }>;

function isFile(found: Found): found is FoundFile {
  return found.kind === "held" || found.kind === "file";
}

function represent(
  site: Site,
  request: HttpRequest,
  found: FoundFile,
): Representation | "none" | Promise<Representation | "none"> {
  if (found.kind === "held") return negotiate(site, request, found.held);
  return streamFile(site, found, site.acceptedCodings(request.headers.get("accept-encoding")));
}

function negotiate(
  site: Site,
  request: HttpRequest,
  held: CachedFile,
): Representation | "none" | Promise<Representation | "none"> {
  const acceptEncoding = request.headers.get("accept-encoding");
  if (acceptEncoding === undefined) return held.uncoded;
  return negotiateHeld(site, held, site.acceptedCodings(acceptEncoding));
}

async function sendLater(
  site: Site,
  request: HttpRequest,
  representation: Representation | "none" | Promise<Representation | "none">,
): Promise<HttpResponse> {
  return send(site, request, await representation);
}

function send(site: Site, request: HttpRequest, representation: Representation | "none"): HttpResponse {
  if (representation === "none") return site.plain.notAcceptable;
  return representation.answer(selectResponse(request, representation, Date.now));
}
