/** Where the links of a text from others may lead. Pure; what is allowed is listed, all else is no link. */

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const ALLOWED_SCHEME = /^(?:https?|mailto):/i;
// Browsers drop tabs and line ends from an address, and read a backslash as a slash.
const MISREAD = /[\u0000-\u0020\u007f\\]/;

/** Before the ids of headings, so that none of them is an id of the page. */
const HEADING_PREFIX = "md-";

/** The address that a link may have, or `undefined`: no script, no other scheme, nothing that browsers read anew. */
export function linkAddress(destination: string): string | undefined {
  if (destination === "" || MISREAD.test(destination)) return undefined;
  if (destination.startsWith("#")) return `#${HEADING_PREFIX}${destination.slice(1)}`;
  return SCHEME.test(destination) && !ALLOWED_SCHEME.test(destination) ? undefined : destination;
}

/** As {@link linkAddress} for pictures, which load by themselves: only from the site, so that nobody counts readers. */
export function pictureAddress(destination: string): string | undefined {
  const isElsewhere = SCHEME.test(destination) || destination.startsWith("//") || destination.startsWith("#");
  return isElsewhere ? undefined : linkAddress(destination);
}

/** The id that a link within the text finds a heading by. */
export function headingId(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .trim()
    .replaceAll(" ", "-");
  return HEADING_PREFIX + slug;
}
