/**
 * Bytes into text, one code unit per byte. Field values are octets (RFC 9110 §5.5): a caller who expects UTF-8 in one
 * can get the bytes back from the code units.
 */

/** Node's Buffer has a native method for exactly this; it is used where the caller feeds Buffers. */
interface Latin1Sliceable {
  latin1Slice(start: number, end: number): string;
}

declare const TextDecoder: undefined | (new (label: string) => { decode(bytes: Uint8Array): string });

let decoder: { decode(bytes: Uint8Array): string } | undefined;

export function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
  const sliceable = bytes as Uint8Array & Partial<Latin1Sliceable>;
  if (typeof sliceable.latin1Slice === "function") return sliceable.latin1Slice(start, end);
  const view = bytes.subarray(start, end);
  if (typeof TextDecoder === "undefined") return fromCharCodes(view);
  decoder ??= new TextDecoder("latin1");
  const text = decoder.decode(view);
  // The Encoding Standard's "latin1" is windows-1252: it turns some bytes from 0x80 to 0x9f into other characters.
  return /[^\0-\xff]/.test(text) ? fromCharCodes(view) : text;
}

/** In pieces, because a call takes a limited number of arguments. */
function fromCharCodes(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 4096) {
    text += String.fromCharCode(...bytes.subarray(index, index + 4096));
  }
  return text;
}
