/** Expect = #expectation (RFC 9110 §10.1.1), read in the window. */
import type { ByteLoan } from "./byte-loan.ts";
import { equals } from "./connection-options.ts";
import { ENTRY_NUMBERS, type FieldTable } from "./field-section.ts";
import { EXPECT, findKnownField } from "./known-fields.ts";

/**
 * The only expectation there is asks for 100 (Continue).
 *
 * @throws {HttpSyntaxError} `expectation-unsupported` (417) for any other: a client that expects what nobody will do
 *         waits, or takes silence for consent.
 */
export function checkExpectation(fields: FieldTable, loan: ByteLoan): void {
  let entry = findKnownField(fields, loan.start, EXPECT);
  while (entry >= 0) {
    const start = loan.start + fields.entries[entry + 3]!;
    const end = loan.start + fields.entries[entry + 4]!;
    if (!equals(start, end, "100-continue")) throw loan.error("expectation-unsupported", start);
    entry = findKnownField(fields, loan.start, EXPECT, entry + ENTRY_NUMBERS);
  }
}
