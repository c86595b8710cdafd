/** What stands above the rows of the listing page: the way back, the tools, the heads of the columns. */
import { escapeHtml } from "./escape-html.ts";
import { formatListingQuery, type ListingQuery, type SortKey } from "./listing-query.ts";
import { shown } from "./listing-row.ts";

/** Where a listing stands. */
export interface ListingLocation {
  /** Empty, or a decoded path that begins with `/` and does not end with it. */
  readonly basePath: string;
  /** As in `OpenDirectory`. */
  readonly path: string;
}

// The order of a column's first click: the largest and the newest are what people look for.
const COLUMNS: readonly { key: SortKey; label: string; isFirstDescending: boolean }[] = [
  { key: "name", label: "Name", isFirstDescending: false },
  { key: "size", label: "Size", isFirstDescending: true },
  { key: "time", label: "Modified<i> (UTC)</i>", isFirstDescending: true },
];

/** How far a listing is below the top of what is served. */
export function depthOf({ path }: ListingLocation): number {
  return path.split("/").length - 2;
}

/** The listed directory's own name; that of the base path at the top, where there is one. */
export function directoryName({ basePath, path }: ListingLocation): string | undefined {
  const name = path.split("/").at(-2) ?? "";
  return name === "" ? basePath.slice(basePath.lastIndexOf("/") + 1) || undefined : name;
}

export function breadcrumbs(location: ListingLocation, { view }: ListingQuery): string {
  const names = [directoryName({ ...location, path: "/" }) ?? "Home", ...location.path.split("/").slice(1, -1)];
  const query = view === "grid" ? "?view=grid" : "";
  const items = names.map((name, index) => {
    const above = names.length - 1 - index;
    if (above === 0) return `<li><h1 aria-current="page">${shown(name)}</h1></li>`;
    return `<li><a href="${"../".repeat(above)}${query}">${shown(name)}</a></li>`;
  });
  return `<nav aria-label="Breadcrumb"><ol>${items.join("")}</ol></nav>`;
}

/**
 * Forms rather than links, so that whoever follows every link to copy a site gets neither each folder twice nor an
 * archive of each.
 *
 * @param hasArchive Whether the directory can be had as an archive.
 * @param signOutPath As in `Principal`.
 */
export function tools(query: ListingQuery, hasArchive: boolean, signOutPath?: string): string {
  const otherView = query.view === "grid" ? "list" : "grid";
  const view = button(`${otherView}-view`, otherView === "grid" ? "Grid" : "List", `Show as ${otherView}`);
  const archive = `<form action=""><input type="hidden" name="zip">${button("zip", "Zip", "Download this folder as a zip archive")}</form>`;
  const exit = `\n<form method="post" action="${escapeHtml(signOutPath ?? "")}">${button("exit", "Sign out", "Sign out")}</form>`;
  return `<div class="tools">
<p class="quiet" role="status"></p>
<form role="search" action="">${hiddenFields({ ...query, filter: "" })}<input type="search" name="q" value="${escapeHtml(query.filter)}" placeholder="Filter" aria-label="Filter by name" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"><noscript><button>Filter</button></noscript></form>
<form class="view" action="">${hiddenFields({ ...query, view: otherView })}${view}</form>
${hasArchive ? archive : ""}${signOutPath === undefined ? "" : exit}
</div>`;
}

function button(icon: string, label: string, title: string): string {
  return `<button class="tool ${icon}" title="${title}"><span>${label}</span></button>`;
}

/** What makes a form ask for the rest of a query. */
function hiddenFields(query: ListingQuery): string {
  const parameters = new URLSearchParams(formatListingQuery(query));
  return Array.from(
    parameters,
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  ).join("");
}

export function columnHeads(query: ListingQuery): string {
  const { order } = query;
  return COLUMNS.map(({ key, label, isFirstDescending }) => {
    const isSorted = key === order.key;
    const descending = isSorted ? !order.descending : isFirstDescending;
    const href = `?sort=${key}&amp;order=${descending ? "desc" : "asc"}${escapeHtml(otherParameters(query))}`;
    const sorted = isSorted ? ` aria-sort="${order.descending ? "descending" : "ascending"}"` : "";
    return `<th role="columnheader" scope="col"${sorted}><a href="${href}">${label}</a></th>`;
  }).join("");
}

function otherParameters({ filter, view }: ListingQuery): string {
  const order = { key: "name", descending: false } as const;
  return formatListingQuery({ order, filter, view }).replace("?", "&");
}
