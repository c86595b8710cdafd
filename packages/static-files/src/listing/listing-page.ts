/**
 * The listing as a page: complete without script, written in pieces that a browser shows as they come. The roles
 * say again what the elements mean, since some browsers forget that a `tr` is a row once it is laid out as a grid.
 */
import { createHash } from "node:crypto";
import type { EntryDetails } from "./entry.ts";
import { entryHref, pathHref } from "./entry-href.ts";
import { escapeHtml } from "./escape-html.ts";
import { formatSize } from "./format-size.ts";
import { LISTING_HEADERS, type ListingFormat } from "./listing-format.ts";
import { LISTING_ICON, LISTING_STYLE } from "./listing-style.ts";
import type { SortKey, SortOrder } from "./sort-order.ts";
import { visibleName } from "./visible-name.ts";

const STYLE_HASH = createHash("sha256").update(LISTING_STYLE).digest("base64");

const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  ...LISTING_HEADERS,
};

// The order of a column's first click: the largest and the newest are what people look for.
const COLUMNS: readonly { key: SortKey; label: string; firstOrder: "asc" | "desc" }[] = [
  { key: "name", label: "Name", firstOrder: "asc" },
  { key: "size", label: "Size", firstOrder: "desc" },
  { key: "time", label: "Modified<i> (UTC)</i>", firstOrder: "desc" },
];

const UNREACHABLE = "No request can name this: it has a control character, a backslash or bytes that are not UTF-8";

/** Where a listing stands. */
export interface ListingLocation {
  /** Empty, or a decoded path that begins with `/` and does not end with it. */
  readonly basePath: string;
  /** As in `OpenDirectory`. */
  readonly path: string;
}

export class ListingPage implements ListingFormat {
  readonly headers: Readonly<Record<string, string>> = PAGE_HEADERS;
  readonly #location: ListingLocation;
  readonly #href: string;
  readonly #order: SortOrder;
  #directories = 0;
  #files = 0;
  #bytes = 0;

  constructor(location: ListingLocation, order: SortOrder) {
    this.#location = location;
    this.#href = pathHref(location.basePath + location.path);
    this.#order = order;
  }

  begin(): string {
    const title = `Index of ${shown(this.#location.basePath + this.#location.path)}`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${escapeHtml(LISTING_ICON)}">
<style>${LISTING_STYLE}</style>
</head>
<body>
<header>
<nav aria-label="Breadcrumb"><ol>${breadcrumbs(this.#location)}</ol></nav>
</header>
<main>
<table role="table">
<caption>${title}</caption>
<thead role="rowgroup">
<tr role="row">${columnHeads(this.#order)}</tr>
</thead>
`;
  }

  entries(details: readonly EntryDetails[]): string {
    let html = "";
    for (const entry of details) {
      html += row(this.#href, entry);
      if (entry.type === "directory") this.#directories += 1;
      else this.#files += 1;
      this.#bytes += entry.size;
    }
    return `<tbody role="rowgroup">\n${html}</tbody>\n`;
  }

  end(truncated: boolean): string {
    const note = truncated ? "<p>There are more entries than these; the others are not listed.</p>\n" : "";
    return `</table>
</main>
<footer>
${note}<p>${this.#summary()}</p>
</footer>
</body>
</html>
`;
  }

  #summary(): string {
    if (this.#directories + this.#files === 0) return "This folder is empty.";
    const parts: string[] = [];
    if (this.#directories > 0) parts.push(count(this.#directories, "folder"));
    if (this.#files > 0) parts.push(`${count(this.#files, "file")}, ${formatSize(this.#bytes)}`);
    return parts.join(" · ");
  }
}

function breadcrumbs({ basePath, path }: ListingLocation): string {
  const segments = path.split("/").slice(1, -1);
  const home = basePath === "" ? "Home" : basePath.slice(basePath.lastIndexOf("/") + 1);
  let href = pathHref(`${basePath}/`);
  const ancestors: string[] = [];
  let label = home;
  for (const segment of segments) {
    ancestors.push(`<li><a href="${href}">${shown(label)}</a></li>`);
    href += `${encodeURIComponent(segment)}/`;
    label = segment;
  }
  return `${ancestors.join("")}<li><h1 aria-current="page">${shown(label)}</h1></li>`;
}

function columnHeads(order: SortOrder): string {
  return COLUMNS.map(({ key, label, firstOrder }) => {
    if (key !== order.key) {
      return `<th role="columnheader" scope="col"><a href="?sort=${key}&amp;order=${firstOrder}">${label}</a></th>`;
    }
    const [now, other] = order.descending ? ["descending", "asc"] : ["ascending", "desc"];
    return `<th role="columnheader" scope="col" aria-sort="${now}"><a href="?sort=${key}&amp;order=${other}">${label}</a></th>`;
  }).join("");
}

function row(parentHref: string, entry: EntryDetails): string {
  const directory = entry.type === "directory";
  const href = entryHref(parentHref, entry);
  const name = shown(entry.name) + (directory ? "/" : "");
  const link = href === undefined ? `<span title="${UNREACHABLE}">${name}</span>` : `<a href="${href}">${name}</a>`;
  const size = directory ? "" : formatSize(entry.size);
  const modified = new Date(entry.modifiedMs).toISOString();
  const day = modified.slice(0, 10);
  const minute = modified.slice(11, 16);
  return `<tr role="row"${directory ? ' class="d"' : ""}><th role="rowheader" scope="row">${link}</th><td role="cell">${size}</td><td role="cell"><time datetime="${modified}">${day} <i>${minute}</i></time></td></tr>
`;
}

function shown(name: string): string {
  return escapeHtml(visibleName(name));
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
