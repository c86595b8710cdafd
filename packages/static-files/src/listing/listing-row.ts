/** A row of the listing page. The roles say again what the elements mean, since a `tr` is laid out as a grid. */
import { kindOf, type EntryKind } from "./entry-kind.ts";
import { entryHref } from "./entry-href.ts";
import type { EntryDetails } from "./entry.ts";
import { escapeHtml } from "./escape-html.ts";
import { formatSize } from "./format-size.ts";
import type { ListingQuery } from "./listing-query.ts";
import { visibleName } from "./visible-name.ts";

// Short, since there may be a hundred thousand of them; the style sheet and the script know them.
const CLASSES: Readonly<Record<EntryKind, string>> = {
  directory: ' class="d"',
  image: ' class="i"',
  video: ' class="v"',
  audio: ' class="a"',
  text: ' class="t"',
  code: ' class="c"',
  pdf: ' class="p"',
  archive: ' class="z"',
  other: "",
};

// Larger pictures are shown when somebody asks for them, not for looking through a folder.
const MAX_THUMBNAIL_BYTES = 10_000_000;

const UNREACHABLE =
  "No request can name this folder: it has a control character, a backslash or bytes that are not UTF-8";

/** @param view As a grid, pictures are shown, when they come near the window. */
export function listingRow(entry: EntryDetails, view: ListingQuery["view"]): string {
  const kind = kindOf(entry);
  const isFolder = kind === "directory";
  const name = shown(entry.name) + (isFolder ? "/" : "");
  const href = entryHref(entry);
  const suffix = isFolder && view === "grid" ? "?view=grid" : "";
  const link =
    href === undefined
      ? `<span title="${UNREACHABLE}">${name}<b class="unseen"> (${UNREACHABLE})</b></span>`
      : `<a href="${href}${suffix}">${name}</a>`;
  const isPictured = view === "grid" && kind === "image" && entry.size <= MAX_THUMBNAIL_BYTES;
  const picture = isPictured ? `<img src="${href}" alt="" loading="lazy" decoding="async">` : "";
  const size = isFolder ? "" : sizeElement(entry.size);
  return `<tr role="row"${CLASSES[kind]}><th role="rowheader" scope="row">${picture}${link}</th><td role="cell">${size}</td><td role="cell">${timeElement(entry.modifiedMs)}</td></tr>
`;
}

/** A size that a script can read. */
export function sizeElement(bytes: number): string {
  return `<data value="${bytes}">${formatSize(bytes)}</data>`;
}

/** A name or path as HTML that shows each of its characters. */
export function shown(name: string): string {
  return escapeHtml(visibleName(name));
}

function timeElement(modifiedMs: number): string {
  const modified = new Date(modifiedMs).toISOString();
  return `<time datetime="${modified}">${modified.slice(0, 10)} ${modified.slice(11, 16)}</time>`;
}
