/** Whether a request is a person going to a page, for single-page applications. Pure. */
import type { HttpRequest } from "@tinyhttp/handler";

/** Fields that {@link isNavigation} reads. */
export const NAVIGATION_VARY: readonly string[] = ["Accept", "Sec-Fetch-Mode"];

const ASKS_FOR_HTML = /(?:^|[\s,])text\/html(?![\w.+-])(?!\s*;\s*q=0(?:\.0*)?(?:[\s,]|$))/i;
const TAKES_ANYTHING = /(?:^|[\s,])(?:\*|text)\/\*/;
const NAMED_LIKE_A_FILE = /\.[^/]*$/;

/** A browser says so itself; of other clients, one that asks for HTML, or takes anything at a path unlike a file's. */
export function isNavigation(request: HttpRequest): boolean {
  const mode = request.headers.get("sec-fetch-mode");
  if (mode !== undefined) return mode === "navigate";
  const accept = request.headers.get("accept");
  if (accept !== undefined && ASKS_FOR_HTML.test(accept)) return true;
  return (accept === undefined || TAKES_ANYTHING.test(accept)) && !NAMED_LIKE_A_FILE.test(request.path);
}
