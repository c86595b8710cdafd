/** Which names are served at all, decided on the request's normalised path before anything is looked up. Pure. */

// RFC 8615 §3: well-known resources live at the top of a site and nowhere else.
const WELL_KNOWN = "/.well-known";
const DOT_SEGMENT = /\/\./;
// On Windows `name:stream` is another stream of a file, `LONGNA~1` another name of it, and a final dot or space
// vanishes.
const WINDOWS_ALIAS = /:|~\d|[. ](?:\/|$)/;

/**
 * Whether a path may be looked up.
 *
 * @param path Normalised, relative to what is served, with a leading `/`.
 * @param showsDotfiles Whether names with a leading dot are served like all others.
 * @param platform As `process.platform` says.
 */
export function isServable(path: string, showsDotfiles: boolean, platform: string): boolean {
  if (platform === "win32" && WINDOWS_ALIAS.test(path)) return false;
  if (showsDotfiles || !path.includes("/.")) return true;
  const isWellKnown = path === WELL_KNOWN || path.startsWith(`${WELL_KNOWN}/`);
  return isWellKnown && !DOT_SEGMENT.test(path.slice(WELL_KNOWN.length));
}
