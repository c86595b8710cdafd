/**
 * The text of a key: `thk_<id>_<secret><checksum>`.
 *
 * The prefix lets scanners of leaked secrets know what they found. The id (8 characters) finds the record and may be
 * shown. The secret is 256 random bits in 43 characters. The checksum (CRC-32, 6 characters) tells a mistyped key
 * from a wrong one without a look at any record.
 */
import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { formatBase62 } from "./base62.ts";

const KEY = /^thk_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** Characters in a key. */
export const KEY_LENGTH = 62;

/** What the text of a key says by itself. */
export type ParsedKey =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: "malformed" | "checksum" };

/** Reads the id of a key. Whether the key is a valid one, only a key file knows. */
export function parseKey(text: string): ParsedKey {
  const match = text.length === KEY_LENGTH ? KEY.exec(text) : null;
  if (match === null) return { ok: false, reason: "malformed" };
  const [, id = "", , checksum] = match;
  return checksumOf(text.slice(0, -6)) === checksum ? { ok: true, id } : { ok: false, reason: "checksum" };
}

/** A random id of 8 characters; 47 bits, so that the caller must see that it is not taken. */
export function randomId(): string {
  // 62^8 is 2^47.6: the remainder of a division by it would favour small numbers, 47 bits do not.
  const bits = randomBytes(6).readUIntBE(0, 6) % 2 ** 47;
  return formatBase62(BigInt(bits), 8);
}

/** The text of a new key. */
export function randomKey(id: string): string {
  const secret = formatBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43);
  const text = `thk_${id}_${secret}`;
  return text + checksumOf(text);
}

function checksumOf(text: string): string {
  return formatBase62(BigInt(crc32(text)), 6);
}
