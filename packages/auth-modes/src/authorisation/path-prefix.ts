// A normalised path: no empty segment, no dot segment.
const PREFIX = /^(?:\/|(?:\/(?!\.{1,2}(?:\/|$))[^/\\\u0000-\u001f\u007f-\u009f]+)+\/?)$/;

/** Whether a normalised path is the prefix itself or lies below it, whole segments at a time. */
export function isBelow(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  return path.length === prefix.length || prefix === "/" || path.charCodeAt(prefix.length) === 0x2f;
}

/**
 * A prefix as {@link isBelow} takes it; a slash at its end is dropped.
 *
 * @throws {TypeError} It is not normalised, so that no path could match it.
 */
export function checkedPrefix(prefix: string): string {
  if (PREFIX.test(prefix)) return prefix.length > 1 && prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  throw new TypeError(
    `Cannot grant the path prefix ${JSON.stringify(prefix)}: expected "/" or segments such as "/a/b"`,
  );
}
