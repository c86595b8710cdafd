/** The few forms of DER (ITU-T X.690) that a certificate is made of: each function gives one encoded value. */

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;

/** A value of any tag. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(SEQUENCE, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return der(SET, ...parts);
}

/** @param bytes Big-endian, taken as a positive number. */
export function integer(bytes: Uint8Array): Buffer {
  return der(INTEGER, Buffer.from((bytes[0] ?? 0) >= 0x80 ? [0] : []), bytes);
}

/** @param unusedBits How many bits at the end of the last byte do not count. */
export function bitString(bytes: Uint8Array, unusedBits: number = 0): Buffer {
  return der(BIT_STRING, Buffer.from([unusedBits]), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return der(OCTET_STRING, bytes);
}

export function utf8String(text: string): Buffer {
  return der(UTF8_STRING, Buffer.from(text, "utf8"));
}

export const TRUE: Uint8Array = Uint8Array.of(0x01, 0x01, 0xff);

/** @param dotted As in `2.5.4.3`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return der(OBJECT_IDENTIFIER, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** RFC 5280 §4.1.2.5: two digits for the year up to 2049, four from then on; seconds and Z in both. */
export function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+/, "").replaceAll(/[-:T]/g, "");
  return digits < "2050" ? der(UTC_TIME, Buffer.from(digits.slice(2))) : der(GENERALIZED_TIME, Buffer.from(digits));
}

function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}
