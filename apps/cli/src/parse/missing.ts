/** What has not come of a message whose input has ended. */
import type { Framing } from "./framing-explanation.ts";

const CR = 0x0d;
const LF = 0x0a;

/** @param emptyLines The bytes that have come where a message should begin: CR and LF. */
export function missingOfEmptyLines(emptyLines: Uint8Array): string {
  return emptyLines.at(-1) === CR ? "the LF of an empty line" : "a message";
}

/** @param head The bytes that have come of a head; the first begins its start line. */
export function missingOfHead(head: Uint8Array): string {
  if (head.indexOf(LF) === -1) return "the rest of the start line, and the fields behind it";
  return "the rest of the fields, and the empty line that ends them";
}

/** @param bodyLength Bytes of content that have come. */
export function missingOfBody({ kind, length = 0 }: Framing, bodyLength: number): string {
  if (kind === "chunked") return "the rest of the chunks, up to the empty line behind the last one (0)";
  return `${length - bodyLength} of ${length} bytes of the body`;
}
