/** What the listing page loads, in the coding that the client accepts. */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { CONTENT_CODINGS, selectCoding, type ContentCoding } from "./coding/content-coding.ts";
import { isVersionOf, type PageAsset } from "./listing/page-asset.ts";
import type { Field } from "./response/response-fields.ts";
import type { Site } from "./site.ts";

// A year, as RFC 9111 §5.3 suggests for what never changes.
const FOR_EVER = "public, max-age=31536000, immutable";

const compressed = new Map<string, Promise<Uint8Array>>();

export async function answerPageAsset(site: Site, request: HttpRequest, asset: PageAsset): Promise<HttpResponse> {
  const offers = site.options.compress ? CONTENT_CODINGS.map((coding) => ({ coding, ready: false })) : [];
  const choice = selectCoding(site.acceptedCodings(request.headers.get("accept-encoding")), offers);
  if (choice === "none") return site.plain.notAcceptable;
  const fields: Field[] = [
    ["Content-Type", asset.contentType],
    ["Cache-Control", isVersionOf(asset, request.query) ? FOR_EVER : "no-cache"],
  ];
  if (choice !== "identity") fields.push(["Content-Encoding", choice.coding]);
  const body = choice === "identity" ? asset.bytes : await compressOnce(site, asset, choice.coding);
  return { status: 200, headers: encodeFields(site.policy.forOther(fields, ["Accept-Encoding"])), body };
}

function compressOnce(site: Site, { bytes, version }: PageAsset, coding: ContentCoding): Promise<Uint8Array> {
  const key = `${version} ${coding}`;
  const known = compressed.get(key);
  if (known !== undefined) return known;
  const made = site.compressor.compress(bytes, coding);
  compressed.set(key, made);
  return made;
}
