/** A directory without an index, as the list of what is in it. */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { listDirectory } from "./listing/listing.ts";
import type { OpenDirectory } from "./listing/open-directory.ts";
import { fieldsIn, type Field } from "./response/response-fields.ts";
import type { Site } from "./site.ts";

/** The listing, with the fields that the site adds to every response. */
export async function answerListing(site: Site, request: HttpRequest, directory: OpenDirectory): Promise<HttpResponse> {
  const { basePath, showsDotfiles, followSymlinks } = site.options;
  const response = await listDirectory(directory, request, {
    basePath,
    showDotfiles: showsDotfiles,
    isInside: (realPath) => followSymlinks || site.root.contains(realPath),
  });
  const own: Field[] = [];
  const vary: string[] = [];
  for (const [name, value] of fieldsIn(response.headers)) {
    if (name.toLowerCase() === "vary") vary.push(value);
    else own.push([name, value]);
  }
  return { ...response, headers: encodeFields(site.policy.forOther(own, vary)) };
}
