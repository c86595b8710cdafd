/** The bytes around an offset, in printable ASCII, and where among them the byte at the offset stands. */

const BYTES_BEFORE = 32;
const BYTES_BEHIND = 24;
const CUT = "...";

const NAMED: Readonly<Record<number, string>> = { 0x09: "\\t", 0x0a: "\\n", 0x0d: "\\r", 0x5c: "\\\\" };

export interface Excerpt {
  readonly text: string;
  /** In characters, from 0, where the byte at the offset begins. */
  readonly column: number;
}

/** Bytes of an input by their offset in it; what is no longer or not yet there is left out. */
export interface ByteSource {
  /** @param to Exclusive. */
  bytesBetween(from: number, to: number): Uint8Array;
}

export function excerptAround(source: ByteSource, offset: number): Excerpt {
  const from = Math.max(0, offset - BYTES_BEFORE);
  const before = Array.from(source.bytesBetween(from, offset), showByte).join("");
  const behind = Array.from(source.bytesBetween(offset, offset + BYTES_BEHIND), showByte).join("");
  const start = from === 0 ? before : CUT + before;
  return { text: start + behind, column: start.length };
}

function showByte(byte: number): string {
  const name = NAMED[byte];
  if (name !== undefined) return name;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
}
