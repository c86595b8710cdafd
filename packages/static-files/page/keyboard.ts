/** The page by keyboard: `/` to filter, arrows between rows, Space to look, Backspace to go up. */
import type { List } from "./list.ts";

export interface Keys {
  readonly list: List;
  readonly field: HTMLInputElement;
  /** Shows the file of a row; whether it can. */
  readonly preview: (row: Element) => boolean;
  /** Shows all rows again. */
  readonly clear: () => void;
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
};

export function listenToKeys(keys: Keys): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
    if (event.defaultPrevented || event.isComposing) return;
    const isHandled = event.target === keys.field ? inField(keys, event.key) : onPage(keys, event.key);
    if (isHandled) event.preventDefault();
  });
}

function inField({ list, field, clear }: Keys, key: string): boolean {
  if (key === "ArrowDown") return focusRow(list.end(1), list, 1);
  if (key === "Enter" && field.value !== "") {
    linkIn(list.end(1))?.click();
    return true;
  }
  if (key !== "Escape") return false;
  if (field.value === "") field.blur();
  else clear();
  return true;
}

function onPage(keys: Keys, key: string): boolean {
  const { list, field } = keys;
  const row = document.activeElement?.closest("tbody tr") ?? null;
  const arrow = ARROWS[key];
  if (arrow !== undefined) return move(list, row, arrow);
  if (key === "/") {
    field.select();
    return true;
  }
  if (key === "Backspace") return goUp();
  if (key === "Escape" && field.value !== "") {
    keys.clear();
    return true;
  }
  if (row === null) return false;
  if (key === "Home") return focusRow(list.end(1), list, 1);
  if (key === "End") return focusRow(list.end(-1), list, -1);
  return key === " " && keys.preview(row);
}

function move(list: List, row: Element | null, [x, y]: readonly [x: number, y: number]): boolean {
  const isGrid = list.table.classList.contains("grid");
  if (x !== 0 && !isGrid) return false;
  const columns = isGrid ? columnsOf(list.table) : 1;
  return focusRow(list.neighbour(row, x + y * columns), list, x + y);
}

/** Focuses the row's link, or that of the next row that has one. */
function focusRow(row: Element | null, list: List, direction: number): boolean {
  let found = row;
  while (found !== null && linkIn(found) === null) {
    const next = list.neighbour(found, direction);
    if (next === found) return false;
    found = next;
  }
  linkIn(found)?.focus();
  return found !== null;
}

function linkIn(row: Element | null): HTMLElement | null {
  return row?.querySelector<HTMLElement>("th a") ?? null;
}

function columnsOf(table: HTMLTableElement): number {
  const [group] = table.tBodies;
  return group === undefined ? 1 : getComputedStyle(group).gridTemplateColumns.split(" ").length;
}

function goUp(): boolean {
  const parents = document.querySelectorAll<HTMLAnchorElement>("nav a");
  parents[parents.length - 1]?.click();
  return parents.length > 0;
}
