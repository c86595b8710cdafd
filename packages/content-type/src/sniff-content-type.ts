const TEXT = "text/plain; charset=utf-8";
const BINARY = "application/octet-stream";

/** How many bytes from the front of a file {@link sniffContentType} looks at. More text than this is not surer text. */
export const SNIFFED_BYTES = 1024;

/**
 * Tells text from binary by the first bytes of a file, for a name that says nothing. It never answers with a type
 * that a browser would run: a file that looks like HTML is still `text/plain`.
 *
 * Text is UTF-8, or UTF-16 behind a byte order mark (which a reader follows before any charset parameter), without
 * control characters other than tab, line feed, form feed, carriage return and escape. A character that is cut
 * off at the end of the sample does no harm. No bytes at all are text.
 *
 * @param bytes The file's first bytes, {@link SNIFFED_BYTES} are enough; what is beyond them is not read.
 */
export function sniffContentType(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SNIFFED_BYTES);
  return isUtf16Text(sample) || isUtf8Text(sample) ? TEXT : BINARY;
}

// The binary data bytes of the WHATWG MIME Sniffing standard, §3.
function isBinaryControl(codeUnit: number): boolean {
  if (codeUnit >= 0x20) return false;
  return codeUnit <= 0x08 || codeUnit === 0x0b || (codeUnit >= 0x0e && codeUnit !== 0x1b);
}

function isUtf8Text(sample: Uint8Array): boolean {
  let offset = 0;
  while (offset < sample.length) {
    const lead = sample[offset] ?? 0;
    if (isBinaryControl(lead)) return false;
    const length = utf8SequenceLength(sample, offset, lead);
    if (length === 0) return false;
    offset += length;
  }
  return true;
}

/** 1 to 4, or 0 for bytes that no UTF-8 text has. A sequence that the sample cuts off counts as whole. */
function utf8SequenceLength(sample: Uint8Array, offset: number, lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let index = 1; index < length; index += 1) {
    const next = sample[offset + index];
    if (next === undefined) return length;
    if (next < (index === 1 ? lowestSecond(lead) : 0x80) || next > (index === 1 ? highestSecond(lead) : 0xbf)) return 0;
  }
  return length;
}

// RFC 3629 §4: after these lead bytes a smaller range excludes overlong forms, surrogates and code points beyond U+10FFFF.
function lowestSecond(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}

function isUtf16Text(sample: Uint8Array): boolean {
  const [first, second] = sample;
  const bigEndian = first === 0xfe && second === 0xff;
  if (!bigEndian && !(first === 0xff && second === 0xfe)) return false;
  let afterHigh = false;
  for (let offset = 2; offset + 1 < sample.length; offset += 2) {
    const [a = 0, b = 0] = sample.subarray(offset, offset + 2);
    const codeUnit = bigEndian ? (a << 8) | b : (b << 8) | a;
    const isLow = codeUnit >= 0xdc00 && codeUnit <= 0xdfff;
    // A low surrogate follows a high one and nothing else does (RFC 2781 §2.2).
    if (isLow !== afterHigh || isBinaryControl(codeUnit)) return false;
    afterHigh = codeUnit >= 0xd800 && codeUnit <= 0xdbff;
  }
  return true;
}
