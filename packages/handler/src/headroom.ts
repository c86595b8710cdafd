/**
 * Room in memory before the bytes of a body. A server that writes the head there sends head and content in one piece
 * from where they are: otherwise one of them is copied for each response, or both are handed to the system apart.
 */

/** Holds a status line, Date, and the fields of a static file with its policies: 250 to 450 bytes as a rule. */
const ROOM_BYTES = 512;

/** What has room that nobody has claimed. */
const unclaimed = new WeakSet<Uint8Array>();

/**
 * Memory for a body that is sent again and again, with room before it for a head. To be filled before it is used.
 *
 * @param length Bytes; a whole number, 0 or more.
 */
export function allocateWithHeadroom(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(ROOM_BYTES + length), ROOM_BYTES);
  unclaimed.add(bytes);
  return bytes;
}

/**
 * For servers: the bytes together with the room before them. Given once, since two heads have no place in it.
 *
 * @param length Of the room; bytes.
 * @returns `undefined` when there is no such room, or somebody has it. Otherwise the room, and behind it the body.
 */
export function claimHeadroom(bytes: Uint8Array, length: number): Uint8Array | undefined {
  // Memory that was transferred to another thread is gone.
  if (length > ROOM_BYTES || bytes.byteOffset === 0 || !unclaimed.delete(bytes)) return undefined;
  return new Uint8Array(bytes.buffer, bytes.byteOffset - length, length + bytes.length);
}
