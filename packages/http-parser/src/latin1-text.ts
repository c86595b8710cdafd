/**
 * Bytes into text, one code unit per byte. Field values are octets (RFC 9110 §5.5): a caller who expects UTF-8 in one
 * can get the bytes back from the code units.
 */

/** Node's Buffer has a native method for exactly this; it is used where the caller feeds Buffers. */
interface Latin1Sliceable {
  latin1Slice(start: number, end: number): string;
}

declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

let decoder: { decode(bytes: Uint8Array): string } | undefined;

export function decodeLatin1(bytes: Uint8Array & Partial<Latin1Sliceable>, start: number, end: number): string {
  if (bytes.latin1Slice !== undefined) return bytes.latin1Slice(start, end);
  const view = bytes.subarray(start, end);
  decoder ??= new TextDecoder("latin1");
  let text = decoder.decode(view);
  // The Encoding Standard's "latin1" is windows-1252: it turns some bytes from 0x80 to 0x9f into other characters.
  if (/[^\0-\xff]/.test(text)) {
    text = "";
    for (const byte of view) text += String.fromCharCode(byte);
  }
  return text;
}
