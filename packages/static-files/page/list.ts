/**
 * The rows of the page: which are shown, in which order. They are read from the page when something is first asked of
 * them. After that they stand in groups like those the server wrote, but a group is filled only when it comes near the
 * window, or when the browser has nothing else to do: 50,000 rows are shown anew in less than a frame or two.
 */
export type SortKey = "name" | "size" | "time";

interface Row {
  readonly element: HTMLTableRowElement;
  /** For comparing: composed, lower case. */
  readonly folded: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly time: string;
  /** Place by name among its kind. */
  rank: number;
}

// As many as the server writes into one group; it can be divided by every number of columns that the grid has.
const GROUP = 120;
// Of background work between two turns for the reader, in milliseconds.
const SLICE_MS = 8;

export class List {
  readonly table: HTMLTableElement;
  /** Told of each group when it is about to be seen. */
  readonly #prepare: (group: Element) => void;
  readonly #pending: Map<Element, Row[]> = new Map();
  readonly #near: IntersectionObserver;
  #rows: Row[] | undefined;
  #sortedBy: { readonly key: SortKey; readonly descending: boolean };
  #words: readonly string[] = [];
  #isFilling = false;

  constructor(
    table: HTMLTableElement,
    sortedBy: { readonly key: SortKey; readonly descending: boolean },
    prepare: (group: Element) => void,
  ) {
    this.table = table;
    this.#sortedBy = sortedBy;
    this.#prepare = prepare;
    this.#near = new IntersectionObserver((seen) => this.#onNear(seen), { rootMargin: "1200px" });
    for (const group of table.tBodies) this.#near.observe(group);
  }

  get length(): number {
    return this.#all().length;
  }

  /** Does now what the first sort or filter would have to do. */
  read(): void {
    this.#all();
  }

  sort(key: SortKey, descending: boolean): void {
    this.#all();
    this.#sortedBy = { key, descending };
    this.#show();
  }

  /** Shows the rows whose name has each of these words. How many that are. */
  filter(text: string): number {
    this.#words = fold(text).split(/\s+/).filter(Boolean);
    return this.#show();
  }

  /** The row `steps` further on, or the last one in that direction; the first one where there is none to start from. */
  neighbour(row: Element | null, steps: number): Element | null {
    let found = row ?? this.#edge(this.table.tBodies[0], 1);
    for (let left = row === null ? 0 : Math.abs(steps); left > 0 && found !== null; left -= 1) {
      const next = this.#beside(found, Math.sign(steps));
      if (next === null) return found;
      found = next;
    }
    return found;
  }

  /** The first row of all, or the last one. */
  end(direction: 1 | -1): Element | null {
    const { tBodies } = this.table;
    return this.#edge(tBodies[direction === 1 ? 0 : tBodies.length - 1], direction);
  }

  #beside(row: Element, direction: number): Element | null {
    const forwards = direction > 0;
    const sibling = forwards ? row.nextElementSibling : row.previousElementSibling;
    if (sibling !== null) return sibling;
    const group = row.parentElement;
    const next = forwards ? group?.nextElementSibling : group?.previousElementSibling;
    return next?.localName === "tbody" ? this.#edge(next, direction) : null;
  }

  #edge(group: Element | undefined, direction: number): Element | null {
    if (group === undefined) return null;
    this.#fill(group);
    return direction > 0 ? group.firstElementChild : group.lastElementChild;
  }

  #all(): Row[] {
    if (this.#rows !== undefined) return this.#rows;
    const rows = Array.from(this.table.querySelectorAll<HTMLTableRowElement>("tbody tr"), readRow);
    // Rows that came ordered by name have their ranks already.
    const { key, descending } = this.#sortedBy;
    const byName = key === "name" ? rows : rows.toSorted((a, b) => COLLATOR.compare(a.folded, b.folded));
    for (const [index, row] of byName.entries()) row.rank = key === "name" && descending ? -index : index;
    this.#rows = rows;
    return rows;
  }

  #show(): number {
    const { key, descending } = this.#sortedBy;
    const words = this.#words;
    const shown = this.#all().filter((row) => words.every((word) => row.folded.includes(word)));
    shown.sort(comparison(key, descending ? -1 : 1));
    this.#pending.clear();
    this.#near.disconnect();
    for (const group of this.table.querySelectorAll(":scope > tbody")) group.remove();
    const groups: HTMLElement[] = [];
    for (let start = 0; start < shown.length; start += GROUP) {
      const group = document.createElement("tbody");
      group.role = "rowgroup";
      const rows = shown.slice(start, start + GROUP);
      group.style.setProperty("--rows", String(rows.length));
      this.#pending.set(group, rows);
      groups.push(group);
    }
    // What is looked at is there at once.
    for (const group of groups.slice(0, 1)) this.#fill(group);
    this.table.append(...groups);
    for (const group of groups) this.#near.observe(group);
    this.#fillLater();
    return shown.length;
  }

  #onNear(seen: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      this.#near.unobserve(target);
      this.#fill(target);
      this.#prepare(target);
    }
  }

  #fill(group: Element): void {
    const rows = this.#pending.get(group);
    if (rows === undefined) return;
    this.#pending.delete(group);
    group.append(...rows.map(({ element }) => element));
  }

  // So that the browser's own search finds every row.
  #fillLater(): void {
    if (this.#isFilling) return;
    this.#isFilling = true;
    const fillSlice = (): void => {
      const end = performance.now() + SLICE_MS;
      for (const group of this.#pending.keys()) {
        this.#fill(group);
        if (performance.now() > end) break;
      }
      this.#isFilling = this.#pending.size > 0;
      if (this.#isFilling) setTimeout(fillSlice, SLICE_MS);
    };
    setTimeout(fillSlice, 200);
  }
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** What names and the words that are looked for are compared as. */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

function readRow(element: HTMLTableRowElement): Row {
  const [name, size, time] = element.cells;
  return {
    element,
    folded: fold(name?.querySelector("a, span")?.textContent ?? ""),
    isFolder: element.classList.contains("d"),
    size: Number(size?.querySelector("data")?.value ?? 0),
    time: time?.querySelector("time")?.dateTime ?? "",
    rank: 0,
  };
}

function comparison(key: SortKey, sign: number): (a: Row, b: Row) => number {
  const byKey: Record<SortKey, (a: Row, b: Row) => number> = {
    name: () => 0,
    size: (a, b) => a.size - b.size,
    // ISO 8601 in UTC sorts as text.
    time: (a, b) => (a.time === b.time ? 0 : a.time < b.time ? -1 : 1),
  };
  const compare = byKey[key];
  const byRank = key === "name" ? sign : 1;
  return (a, b) => Number(b.isFolder) - Number(a.isFolder) || sign * compare(a, b) || byRank * (a.rank - b.rank);
}
