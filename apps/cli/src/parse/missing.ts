/** What has not come of a message whose input has ended. */
import type { Framing } from "./framing-explanation.ts";

const LF = 0x0a;

/** @param head The bytes that have come of a head; not empty. */
export function missingOfHead(head: Uint8Array): string {
  const lineEnd = head.indexOf(LF);
  // Only the CR of an empty line, or a line without its end.
  if (lineEnd === -1) return "the rest of the start line, and the fields behind it";
  return "the rest of the fields, and the empty line that ends them";
}

/** @param bodyLength Bytes of content that have come. */
export function missingOfBody({ kind, length = 0 }: Framing, bodyLength: number): string {
  if (kind === "chunked") return "the rest of the chunks, up to the empty line behind the last one (0)";
  return `${length - bodyLength} of ${length} bytes of the body`;
}
