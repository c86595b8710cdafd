/** What script adds to a page that is complete without it. */
import { listenToKeys } from "./keyboard.ts";
import { fold, List, type SortKey } from "./list.ts";
import { localise } from "./localise.ts";
import { Preview } from "./preview.ts";

// How the page asks itself, by way of the server, for the rows that an earlier filter left out.
const HANDED_ON = "#filter=";

const table = document.querySelector<HTMLTableElement>("table.list");
const field = document.querySelector<HTMLInputElement>("input[type=search]");
const nothing = document.querySelector<HTMLElement>(".nothing");
const status = document.querySelector<HTMLElement>("[role=status]");
const heads = [...document.querySelectorAll<HTMLAnchorElement>(".list thead a")];

if (table !== null && field !== null && status !== null) {
  const list = new List(table, currentOrder(), localise);
  for (const place of document.querySelectorAll(".list thead i")) place.remove();
  for (const place of document.querySelectorAll("footer")) localise(place);
  for (const place of document.querySelectorAll<HTMLElement>(".keys")) place.hidden = false;
  filterAsYouType(list, field, status);
  sortInPlace(list);
  switchView(list);
  previewFiles(list, field);
}

function filterAsYouType(list: List, field: HTMLInputElement, status: HTMLElement): void {
  // The server has left out what does not match this.
  const served = fold(field.defaultValue);
  const apply = (): void => {
    if (served !== "" && !fold(field.value).includes(served)) return askAnew(field.value);
    const shown = list.filter(field.value);
    const isFiltered = field.value.trim() !== "";
    if (nothing !== null) nothing.hidden = shown > 0;
    status.textContent = isFiltered ? `${shown.toLocaleString()} of ${list.length.toLocaleString()}` : "";
  };
  field.addEventListener("input", apply);
  // Reading 50,000 rows takes a quarter of a second: before the first letter rather than after it.
  field.addEventListener("focus", () => setTimeout(() => list.read()), { once: true });
  field.form?.addEventListener("submit", (event) => event.preventDefault());
  // Going back, a browser may fill in what stood there.
  addEventListener("pageshow", () => field.value !== field.defaultValue && apply());
  if (location.hash.startsWith(HANDED_ON)) {
    field.value = decodeURIComponent(location.hash.slice(HANDED_ON.length));
    history.replaceState(null, "", location.pathname + location.search);
    field.focus();
    apply();
  }
}

function askAnew(text: string): void {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  address.hash = HANDED_ON + encodeURIComponent(text);
  location.replace(address);
}

function currentOrder(): { key: SortKey; descending: boolean } {
  const head = heads.find((link) => link.parentElement?.ariaSort);
  return { key: keyOf(head), descending: head?.parentElement?.ariaSort === "descending" };
}

function keyOf(head: HTMLAnchorElement | undefined): SortKey {
  const key = head === undefined ? null : new URL(head.href).searchParams.get("sort");
  return key === "size" || key === "time" ? key : "name";
}

function sortInPlace(list: List): void {
  for (const head of heads) {
    head.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const descending = new URL(head.href).searchParams.get("order") === "desc";
      list.sort(keyOf(head), descending);
      showOrder(head, descending);
    });
  }
}

/** Where every link that keeps the order leads from now on. */
function showOrder(sorted: HTMLAnchorElement, descending: boolean): void {
  for (const head of heads) {
    const isSorted = head === sorted;
    const first = keyOf(head) === "name" ? "asc" : "desc";
    setParameters(head, keyOf(head), isSorted ? (descending ? "asc" : "desc") : first);
    if (isSorted) head.parentElement?.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else head.parentElement?.removeAttribute("aria-sort");
  }
  const address = new URL(location.href);
  address.searchParams.set("sort", keyOf(sorted));
  address.searchParams.set("order", descending ? "desc" : "asc");
  history.replaceState(null, "", address);
}

/** The form knows the order in which the page came. */
function switchView(list: List): void {
  document.querySelector(".view")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    if (list.table.classList.contains("grid")) address.searchParams.delete("view");
    else address.searchParams.set("view", "grid");
    location.assign(address);
  });
}

function setParameters(link: HTMLAnchorElement, key: SortKey, order: string): void {
  const address = new URL(link.href);
  address.searchParams.set("sort", key);
  address.searchParams.set("order", order);
  link.href = address.search;
}

function previewFiles(list: List, field: HTMLInputElement): void {
  const beside = (row: Element, direction: 1 | -1): Element | null => {
    const next = list.neighbour(row, direction);
    return next === row ? null : next;
  };
  let preview: Preview | undefined;
  const show = (row: Element): boolean => (preview ??= new Preview(beside)).show(row);
  list.table.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
    const row = event.target.closest("th a")?.closest("tr") ?? null;
    if (row !== null && show(row)) event.preventDefault();
  });
  const clear = (): void => {
    field.value = "";
    field.dispatchEvent(new Event("input"));
  };
  listenToKeys({ list, field, preview: show, clear });
}
