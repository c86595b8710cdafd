/** Expect = #expectation (RFC 9110 §10.1.1), read in the window. */
import { EXPECTATION_UNSUPPORTED } from "./errors.ts";
import { VALUE_START } from "./field-bounds.ts";
import type { FieldTable } from "./field-table.ts";
import { faultAt } from "./window.ts";

/**
 * The only expectation there is asks for 100 (Continue).
 *
 * @throws {HttpSyntaxError} `expectation-unsupported` (417) for any other: a client that expects what nobody will do
 *         waits, or takes silence for consent.
 */
export function checkExpectation(fields: FieldTable): void {
  for (let index = fields.find("expect"); index >= 0; index = fields.find("expect", index + 1)) {
    if (!/^100-continue$/i.test(fields.valueAt(index)))
      throw faultAt(EXPECTATION_UNSUPPORTED, fields.boundOf(index, VALUE_START));
  }
}
