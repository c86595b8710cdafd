/** The bytes that a parser has been lent, or keeps because it could not read them yet. */
import { clearWindow, NOTHING } from "./window.ts";

export class ByteLoan {
  bytes: Uint8Array = NOTHING;
  /** Index in `bytes` of the next unread byte. */
  cursor = 0;
  /** Bytes of the connection before `bytes[0]`. From -0 on it is a double: a connection carries more than an int32 counts. */
  offset = -0;
}

/** Whether every byte has been read. */
export function isSpent({ bytes, cursor }: ByteLoan): boolean {
  return cursor >= bytes.length;
}

/** Lends bytes, which come behind those that were kept. */
export function lend(loan: ByteLoan, bytes: Uint8Array): void {
  const kept = loan.bytes;
  loan.bytes = bytes;
  if (kept.length === 0) return;
  const joined = new Uint8Array(kept.length + bytes.length);
  joined.set(kept);
  joined.set(bytes, kept.length);
  loan.bytes = joined;
}

/** Ends the loan: copies what is still unread. */
export function keep(loan: ByteLoan): void {
  loan.bytes = isSpent(loan) ? NOTHING : new Uint8Array(loan.bytes.subarray(loan.cursor));
  loan.offset += loan.cursor;
  loan.cursor = 0;
  clearWindow();
}
