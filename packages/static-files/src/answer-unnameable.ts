/**
 * A file whose name no path can have (a control character, a backslash, bytes that are not UTF-8), asked for through
 * its directory. Only such names are answered here, so a file that a path can name has that path and no other, and
 * whoever decides on paths decides on it. For these the directory's path is what is decided on.
 */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import type { OpenDirectory } from "./listing/open-directory.ts";
import type { OpenFile } from "./lookup/open-file.ts";
import { openFileInside } from "./lookup/open-inside.ts";
import { contentDisposition } from "./response/content-disposition.ts";
import { contentTypeForFile } from "./response/content-type-for.ts";
import { entityTagOfFile, lastModifiedOf, Representation } from "./response/representation.ts";
import { fieldsIn, type Field } from "./response/response-fields.ts";
import { selectResponse } from "./response/select-response.ts";
import type { Site } from "./site.ts";

const DOT = 0x2e;

/** @param name Its bytes, without `/` and NUL. */
export async function answerUnnameable(
  site: Site,
  request: HttpRequest,
  directory: OpenDirectory,
  name: Buffer,
): Promise<HttpResponse | "absent"> {
  const { showsDotfiles, followSymlinks } = site.options;
  try {
    if (name[0] === DOT && !showsDotfiles) return "absent";
    const fsPath = Buffer.concat([Buffer.from(`${directory.fsPath}/`), name]);
    const file = await openFileInside(site.root, fsPath, followSymlinks);
    return file === undefined ? "absent" : await send(site, request, directory.path + name.toString(), file);
  } finally {
    directory.close?.();
  }
}

async function send(site: Site, request: HttpRequest, path: string, file: OpenFile): Promise<HttpResponse> {
  try {
    const facts = {
      path,
      contentType: await contentTypeForFile(path, file),
      contentCoding: undefined,
      isNegotiated: false,
      entityTag: entityTagOfFile(file.identity, undefined, Date.now()),
      lastModifiedMs: lastModifiedOf(file.identity, Date.now()),
    };
    const representation = new Representation(file, facts, site.policy);
    return named(representation.answer(selectResponse(request, representation, Date.now)), path);
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Its address does not say how the file is called. */
function named(response: HttpResponse, path: string): HttpResponse {
  const fields = fieldsIn(response.headers);
  if (response.status > 206 || fields.some(([name]) => name.toLowerCase() === "content-disposition")) return response;
  const disposition: Field = [
    "Content-Disposition",
    contentDisposition("inline", path.slice(path.lastIndexOf("/") + 1)),
  ];
  return { ...response, headers: encodeFields([...fields, disposition]) };
}
