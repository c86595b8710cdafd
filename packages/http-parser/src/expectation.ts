/** Expect = #expectation (RFC 9110 §10.1.1), read in the window. */
import type { ByteLoan } from "./byte-loan.ts";
import type { FieldTable } from "./field-section.ts";
import { EXPECT, findKnownAgain, indexOfKnown } from "./known-fields.ts";
import { isTokenInWindow, type WindowToken, windowToken } from "./window-token.ts";

const CONTINUE: WindowToken = /* @__PURE__ */ windowToken("100-continue");

/**
 * The only expectation there is asks for 100 (Continue).
 *
 * @throws {HttpSyntaxError} `expectation-unsupported` (417) for any other: a client that expects what nobody will do
 *         waits, or takes silence for consent.
 */
export function checkExpectation(fields: FieldTable, loan: ByteLoan): void {
  let index = indexOfKnown(fields, EXPECT);
  while (index < fields.size) {
    const start = loan.start + fields.valueStartOf(index);
    const end = loan.start + fields.valueEndOf(index);
    if (!isTokenInWindow(start, end, CONTINUE)) throw loan.error("expectation-unsupported", start);
    index = findKnownAgain(fields, loan.start, EXPECT, index + 1);
  }
}
