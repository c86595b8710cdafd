/** The Distinguished Encoding Rules (ITU-T X.690 §10), as far as a certificate needs them: values into bytes. */

const SEQUENCE = 0x30;
const SET = 0x31;

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), encodedLength(content.length), content]);
}

/** X.690 §8.1.3: one byte below 128; otherwise how many bytes follow, and those. */
function encodedLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? Buffer.from([length]) : Buffer.from([length >> 8, length & 0xff]);
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export function sequence(...items: readonly Uint8Array[]): Buffer {
  return tagged(SEQUENCE, ...items);
}

/** A SET of one item, which needs no sorting. */
export function setOf(item: Uint8Array): Buffer {
  return tagged(SET, item);
}

/** @param bytes Big-endian and not negative. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const significant = bytes.subarray(start);
  // X.690 §8.3.3: a first bit that is set would mean a negative number.
  return (significant[0] ?? 0) < 0x80 ? tagged(0x02, significant) : tagged(0x02, Buffer.from([0]), significant);
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]));
}

/** @param unusedBits At the end of the last byte. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.from([unusedBits]), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return tagged(0x04, bytes);
}

/** @param dotted As it is written: `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  return tagged(0x06, Buffer.from([40 * first + second, ...others.flatMap(base128)]));
}

/** X.690 §8.19.2: seven bits a byte; all but the last have the first bit set. */
function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

export function utf8String(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text));
}

/** RFC 5280 §4.1.2.5: two digits for the year until 2049, four from then on. */
export function time(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  return date.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), "latin1"))
    : tagged(0x18, Buffer.from(digits, "latin1"));
}

/** A tag that has its meaning from where it stands. @param isConstructed Whether it holds other values. */
export function contextTagged(number: number, isConstructed: boolean, content: Uint8Array): Buffer {
  return tagged(0x80 | (isConstructed ? 0x20 : 0) | number, content);
}
