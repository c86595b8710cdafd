/** Connection = #connection-option (RFC 9110 §7.6.1), read in the window. */
import { WINDOW } from "./byte-loan.ts";
import { ENTRY_NUMBERS, type FieldTable } from "./field-section.ts";
import { COMMA, isWhitespace } from "./grammar.ts";
import { CONNECTION, findKnownField } from "./known-fields.ts";

export const OPTION_CLOSE = 1;
export const OPTION_KEEP_ALIVE = 2;
export const OPTION_UPGRADE = 4;

/** Which of the three options that a recipient must know were sent, as bits, over all Connection lines. */
export function readConnectionOptions(fields: FieldTable, windowStart: number): number {
  let options = 0;
  let entry = findKnownField(fields, windowStart, CONNECTION);
  while (entry >= 0) {
    options |= optionsIn(windowStart + fields.entries[entry + 3]!, windowStart + fields.entries[entry + 4]!);
    entry = findKnownField(fields, windowStart, CONNECTION, entry + ENTRY_NUMBERS);
  }
  return options;
}

function optionsIn(start: number, end: number): number {
  let options = 0;
  let at = start;
  while (at < end) {
    while (at < end && (WINDOW[at] === COMMA || isWhitespace(WINDOW[at]!))) at++;
    const first = at;
    while (at < end && WINDOW[at] !== COMMA) at++;
    let last = at;
    while (last > first && isWhitespace(WINDOW[last - 1]!)) last--;
    if (equals(first, last, "close")) options |= OPTION_CLOSE;
    else if (equals(first, last, "keep-alive")) options |= OPTION_KEEP_ALIVE;
    else if (equals(first, last, "upgrade")) options |= OPTION_UPGRADE;
  }
  return options;
}

/** Whether the bytes from `start` to `end` are `token` in any case; `token` holds lower-case letters and "-". */
export function equals(start: number, end: number, token: string): boolean {
  if (end - start !== token.length) return false;
  for (let index = 0; index < token.length; index++) {
    if ((WINDOW[start + index]! | 0x20) !== token.charCodeAt(index)) return false;
  }
  return true;
}
