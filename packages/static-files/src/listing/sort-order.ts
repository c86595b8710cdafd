/** How a reader asked for the entries to be ordered: `?sort=name|size|time&order=asc|desc`. */
export interface SortOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

export type SortKey = "name" | "size" | "time";

/** The order that a query asks for; by name, ascending, where it asks for nothing or for nothing known. */
export function parseSortOrder(query: string): SortOrder {
  const parameters = new URLSearchParams(query);
  const key = parameters.get("sort");
  return {
    key: key === "size" || key === "time" ? key : "name",
    descending: parameters.get("order") === "desc",
  };
}
