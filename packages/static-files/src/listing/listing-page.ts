/** The listing as a page: complete without script, written in pieces that a browser shows as they come. */
import type { EntryDetails } from "./entry.ts";
import { LISTING_HEADERS, type ListingFormat, type Readme } from "./listing-format.ts";
import { breadcrumbs, columnHeads, depthOf, tools, type ListingLocation } from "./listing-header.ts";
import type { ListingQuery } from "./listing-query.ts";
import { listingRow, shown, sizeElement } from "./listing-row.ts";
import { pageAssetHref, type PageAssetName } from "./page-asset.ts";

const { randomBytes } = process.getBuiltinModule("node:crypto");

/** What a page depends on besides the directory's entries. */
export interface ListingPageOptions {
  readonly location: ListingLocation;
  readonly query: ListingQuery;
  /** Whether the directory can be had as an archive. */
  readonly hasArchive: boolean;
  /** Whether the reader may fetch what the page loads from the top of the site; else it is fetched from here. */
  readonly readsFromTop: boolean;
  /** As in `Principal`. */
  readonly signOutPath?: string | undefined;
}

export class ListingPage implements ListingFormat {
  readonly headers: Readonly<Record<string, string>>;
  readonly #options: ListingPageOptions;
  readonly #nonce: string = randomBytes(16).toString("base64");
  #directories = 0;
  #files = 0;
  #bytes = 0;

  constructor(options: ListingPageOptions) {
    this.#options = options;
    this.headers = {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": contentSecurityPolicy(this.#nonce),
      // With no-referrer, browsers send the form that signs out with `Origin: null`.
      "Referrer-Policy": options.signOutPath === undefined ? "no-referrer" : "same-origin",
      ...LISTING_HEADERS,
    };
  }

  begin(): string {
    const { location, query, hasArchive, signOutPath } = this.#options;
    const title = `Index of ${shown(location.basePath + location.path)}`;
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${this.#asset("folder.svg")}">
<link rel="stylesheet" href="${this.#asset("listing.css")}" nonce="${this.#nonce}">
<script src="${this.#asset("listing.js")}" nonce="${this.#nonce}" defer></script>
</head>
<body>
<header>
${breadcrumbs(location, query)}
${tools(query, hasArchive, signOutPath)}
</header>
<main>
<table class="list${query.view === "grid" ? " grid" : ""}" role="table">
<caption class="unseen">${title}</caption>
<thead role="rowgroup">
<tr role="row">${columnHeads(query)}</tr>
</thead>
`;
  }

  entries(details: readonly EntryDetails[]): string {
    let html = "";
    for (const entry of details) {
      html += listingRow(entry, this.#options.query.view);
      if (entry.type === "directory") this.#directories += 1;
      else this.#files += 1;
      this.#bytes += entry.size;
    }
    return `<tbody role="rowgroup">\n${html}</tbody>\n`;
  }

  end(truncated: boolean, readme: Readme | undefined): string {
    const note = truncated ? "<p>There are more entries than these; the others are not listed.</p>\n" : "";
    return `</table>
<p class="nothing"${this.#directories + this.#files === 0 ? "" : " hidden"}>${this.#emptiness()}</p>
${readme === undefined ? "" : readmeSection(readme)}</main>
<footer>
${note}<p>${this.#summary()}</p>
<p class="keys" hidden><kbd>/</kbd> filter &nbsp;<kbd>↑</kbd> <kbd>↓</kbd> move &nbsp;<kbd>Space</kbd> preview &nbsp;<kbd>⌫</kbd> up</p>
</footer>
</body>
</html>
`;
  }

  #asset(name: PageAssetName): string {
    const { location, readsFromTop } = this.#options;
    return (readsFromTop ? "../".repeat(depthOf(location)) : "") + pageAssetHref(name);
  }

  #emptiness(): string {
    const { filter } = this.#options.query;
    if (this.#directories + this.#files > 0) return "Nothing here has a name like that.";
    return filter === "" ? "This folder is empty." : `Nothing here has a name like “${shown(filter)}”.`;
  }

  #summary(): string {
    const parts: string[] = [];
    if (this.#directories > 0) parts.push(count(this.#directories, "folder"));
    if (this.#files > 0) parts.push(`${count(this.#files, "file")}, ${sizeElement(this.#bytes)}`);
    return parts.join(" · ");
  }
}

// A nonce rather than 'self': no file of the site can run here, whoever put it there.
function contentSecurityPolicy(nonce: string): string {
  return (
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src 'self'; media-src 'self'; ` +
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  );
}

function readmeSection({ name, html }: Readme): string {
  return `<section class="readme" aria-labelledby="readme">\n<h2 id="readme">${shown(name)}</h2>\n${html}\n</section>\n`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
