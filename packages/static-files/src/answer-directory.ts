/** A directory without an index: as a list, as an archive, or as the way to a file in it that no path can name. */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { archiveDirectory, asksForArchive } from "./archive/answer-archive.ts";
import { unnameableFile } from "./listing/entry-href.ts";
import type { Entry } from "./listing/entry.ts";
import type { Readme } from "./listing/listing-format.ts";
import { directoryName } from "./listing/listing-header.ts";
import { listDirectory } from "./listing/listing.ts";
import type { OpenDirectory } from "./listing/open-directory.ts";
import { pageAssetPath } from "./listing/page-asset.ts";
import type { ReadEntriesOptions } from "./listing/read-entries.ts";
import { openFileInside, openInside } from "./lookup/open-inside.ts";
import { readmeHtml } from "./readme/readme-html.ts";
import { directoryRedirect } from "./response/plain-responses.ts";
import { fieldsIn, type Field } from "./response/response-fields.ts";
import type { Site } from "./site.ts";
import { answerUnnameable } from "./answer-unnameable.ts";

/**
 * Takes the directory over: it is closed when the answer has been sent. `absent`: the caller may not see what is in
 * it, and is told what is told of a directory that is not there.
 */
export async function answerDirectory(
  site: Site,
  request: HttpRequest,
  directory: OpenDirectory,
): Promise<HttpResponse | "absent"> {
  const { path, query, target } = request;
  if (!may(request, "list", path)) return closing(directory, "absent");
  // Addresses on the page are relative, and browsers count empty segments that the server does not.
  if (/^\/[^?]*\/\/|^\/\//.test(target)) {
    return closing(directory, directoryRedirect(path.slice(0, -1), query, site.policy));
  }
  const name = unnameableFile(query);
  if (name !== undefined) return answerUnnameable(site, request, directory, name);
  const isArchive = site.options.archive && asksForArchive(query);
  const answer = await (isArchive ? answerArchive : answerListing)(site, request, directory);
  return answer === "busy" ? site.plain.unavailable : withSiteFields(site, answer);
}

function answerListing(site: Site, request: HttpRequest, directory: OpenDirectory): Promise<HttpResponse | "busy"> {
  const { basePath, archive } = site.options;
  return listDirectory(directory, request, {
    ...entriesOptions(site),
    basePath,
    hasArchive: archive,
    readsFromTop: may(request, "read", pageAssetPath(basePath)),
    signOutPath: request.principal?.signOutPath,
    readReadme: (entry) => readReadme(site, request, directory.path, entry),
  });
}

function answerArchive(site: Site, request: HttpRequest, directory: OpenDirectory): Promise<HttpResponse | "busy"> {
  const { basePath, followSymlinks } = site.options;
  return archiveDirectory(directory, request, {
    ...entriesOptions(site),
    open: (path) => openInside(site.root, site.root.resolve(path), followSymlinks),
    may: (action, path) => may(request, action, basePath + path),
    name: directoryName({ basePath, path: directory.path }) ?? "files",
  });
}

async function readReadme(
  site: Site,
  request: HttpRequest,
  directoryPath: string,
  { name }: Entry,
): Promise<Readme | undefined> {
  const path = directoryPath + name;
  if (!may(request, "read", site.options.basePath + path)) return undefined;
  const file = await openFileInside(site.root, site.root.resolve(path), site.options.followSymlinks);
  return file && readmeHtml(name, file);
}

function entriesOptions({ options, root }: Site): ReadEntriesOptions {
  return {
    showDotfiles: options.showsDotfiles,
    isInside: (realPath) => options.followSymlinks || root.contains(realPath),
  };
}

/** Without an access policy everybody may. */
function may({ principal }: HttpRequest, action: string, path: string): boolean {
  return principal?.may(action, path) ?? true;
}

function closing<Answer>(directory: OpenDirectory, answer: Answer): Answer {
  directory.close?.();
  return answer;
}

/** The same response with the fields that the site adds to every one. */
function withSiteFields(site: Site, response: HttpResponse): HttpResponse {
  const own: Field[] = [];
  const vary: string[] = [];
  for (const [name, value] of fieldsIn(response.headers)) {
    if (name.toLowerCase() === "vary") vary.push(value);
    else own.push([name, value]);
  }
  return { ...response, headers: encodeFields(site.policy.forOther(own, vary)) };
}
