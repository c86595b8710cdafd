/** Connection = #connection-option (RFC 9110 §7.6.1), read in the window. */
import { WINDOW } from "./byte-loan.ts";
import type { FieldTable } from "./field-section.ts";
import { COMMA, isWhitespace } from "./grammar.ts";
import { CONNECTION, findKnownAgain, indexOfKnown } from "./known-fields.ts";
import { isTokenInWindow, type WindowToken, windowToken } from "./window-token.ts";

export const OPTION_CLOSE = 1;
export const OPTION_KEEP_ALIVE = 2;
export const OPTION_UPGRADE = 4;

const CLOSE: WindowToken = /* @__PURE__ */ windowToken("close");
const KEEP_ALIVE: WindowToken = /* @__PURE__ */ windowToken("keep-alive");
const UPGRADE: WindowToken = /* @__PURE__ */ windowToken("upgrade");

/** Which of the three options that a recipient must know were sent, as bits, over all Connection lines. */
export function readConnectionOptions(fields: FieldTable, windowStart: number): number {
  if ((fields.present & CONNECTION.bit) === 0) return 0;
  let options = 0;
  let index = indexOfKnown(fields, CONNECTION);
  while (index < fields.size) {
    const start = windowStart + fields.valueStartOf(index);
    const end = windowStart + fields.valueEndOf(index);
    options |= optionAt(start, end) || optionsIn(start, end);
    if ((fields.repeated & CONNECTION.bit) === 0) break;
    index = findKnownAgain(fields, windowStart, CONNECTION, index + 1);
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
    options |= optionAt(first, last);
  }
  return options;
}

/** The option that the bytes from `start` to `end` are; 0 when they are none of the three. */
function optionAt(start: number, end: number): number {
  if (isTokenInWindow(start, end, KEEP_ALIVE)) return OPTION_KEEP_ALIVE;
  if (isTokenInWindow(start, end, CLOSE)) return OPTION_CLOSE;
  return isTokenInWindow(start, end, UPGRADE) ? OPTION_UPGRADE : 0;
}
