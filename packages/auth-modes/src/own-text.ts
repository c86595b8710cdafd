/**
 * A copy that shares no memory with the text it was cut from. What is kept between requests is copied first: a field
 * value is a window on all fields of its request, up to 16 KiB, and would keep them.
 *
 * @param text Of characters up to U+00FF, as field values are.
 */
export function ownText(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}
