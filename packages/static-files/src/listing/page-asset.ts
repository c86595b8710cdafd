/**
 * What the listing page loads: files of the program, not of the site, under the reserved name `.tinyhttp`. They are
 * found in every directory, for callers who may only read below one.
 */
import { LISTING_SCRIPT, LISTING_STYLE } from "./page-assets.ts";

const { hash } = process.getBuiltinModule("node:crypto");

const RESERVED = ".tinyhttp/";

export interface PageAsset {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Changes with the bytes. */
  readonly version: string;
}

export type PageAssetName = "listing.css" | "listing.js" | "folder.svg";

const FOLDER =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#d99a1c" d="M1 4a1 1 0 0 1 1-1h4l1.600 2H14a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1z"/></svg>';

const PAGE_ASSETS: Readonly<Record<PageAssetName, PageAsset>> = {
  "listing.css": asset("text/css; charset=utf-8", LISTING_STYLE),
  "listing.js": asset("text/javascript; charset=utf-8", LISTING_SCRIPT),
  "folder.svg": asset("image/svg+xml", FOLDER),
};

/** What a path below the root asks for, if it is one of these. */
export function pageAssetAt(path: string): PageAsset | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isReserved = path.endsWith(`/${RESERVED}${name}`) && Object.hasOwn(PAGE_ASSETS, name);
  return isReserved ? PAGE_ASSETS[name as PageAssetName] : undefined;
}

/** Where these are at the top of a site. */
export function pageAssetPath(basePath: string): string {
  return `${basePath}/${RESERVED}listing.js`;
}

/** The address relative to the directory that holds the reserved name. It changes with what it leads to. */
export function pageAssetHref(name: PageAssetName): string {
  return `${RESERVED}${name}?v=${PAGE_ASSETS[name].version}`;
}

/** Whether an address made by {@link pageAssetHref} has this query, so that its answer is the same for ever. */
export function isVersionOf({ version }: PageAsset, query: string): boolean {
  return query === `v=${version}`;
}

function asset(contentType: string, text: string): PageAsset {
  return { contentType, bytes: Buffer.from(text), version: hash("sha256", text, "hex").slice(0, 12) };
}
