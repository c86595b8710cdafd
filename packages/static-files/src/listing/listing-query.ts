/** What a listing's query asks for: `?sort=name|size|time&order=asc|desc&q=words&view=grid`. */
export interface ListingQuery {
  readonly order: SortOrder;
  /** As typed; empty for all entries. */
  readonly filter: string;
  readonly view: "list" | "grid";
}

/** How a reader asked for the entries to be ordered. */
export interface SortOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

export type SortKey = "name" | "size" | "time";

/** What nobody has to ask for. */
export const DEFAULT_QUERY: ListingQuery = { order: { key: "name", descending: false }, filter: "", view: "list" };

/** Reads a query; what it does not ask for, or asks for in vain, is as in {@link DEFAULT_QUERY}. */
export function parseListingQuery(query: string): ListingQuery {
  const parameters = new URLSearchParams(query);
  const key = parameters.get("sort");
  return {
    order: {
      key: key === "size" || key === "time" ? key : "name",
      descending: parameters.get("order") === "desc",
    },
    filter: (parameters.get("q") ?? "").trim(),
    view: parameters.get("view") === "grid" ? "grid" : "list",
  };
}

/** The shortest query that asks for the same. */
export function formatListingQuery({ order, filter, view }: ListingQuery): string {
  const parameters = new URLSearchParams();
  if (order.key !== "name" || order.descending) {
    parameters.set("sort", order.key);
    parameters.set("order", order.descending ? "desc" : "asc");
  }
  if (filter !== "") parameters.set("q", filter);
  if (view !== "list") parameters.set("view", view);
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** Whether a name has each word of a filter, whatever their case. */
export function nameFilter(filter: string): (name: string) => boolean {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  return (name) => {
    const folded = fold(name);
    return words.every((word) => folded.includes(word));
  };
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
