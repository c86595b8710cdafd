/** Keys as a table for people. */
import type { ListedKey } from "@tinyhttp/auth-modes";
import { showable } from "../safe-text.ts";
import { textTable } from "../text-table.ts";

const TITLES = ["ID", "HOLDER", "STATE", "ALLOWS", "BELOW", "EXPIRES", "LAST USED", "FOR"];

export function keyTable(keys: readonly ListedKey[]): string {
  const rows = keys.map((key) => [
    key.id,
    // Without a holder of its own a key stands for itself.
    key.holder === key.id ? "" : showable(key.holder, 30),
    key.state,
    key.scopes.join(","),
    key.prefixes.map((prefix) => showable(prefix, 40)).join(","),
    key.expires === undefined ? "never" : dayOf(key.expires),
    key.lastUsed === undefined ? "never" : minuteOf(key.lastUsed),
    showable(key.description, 60),
  ]);
  return textTable(TITLES, rows);
}

/** `2026-11-21`, in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function minuteOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
