import type { HttpRequest } from "@tinyhttp/handler";
import { isClientEncrypted } from "../identity/client-address.ts";
import type { ResolvedPolicy } from "./options.ts";

/** Whether a browser shows the answer to somebody as a page. */
export function isNavigation({ method, headers }: HttpRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return headers.get("sec-fetch-mode") === "navigate" && headers.get("accept")?.includes("text/html") === true;
}

/** Whether a cookie with the `__Host-` prefix can be given: on the client's side there is TLS. */
export function canHaveCookie({ peer, headers }: HttpRequest, policy: ResolvedPolicy): boolean {
  return isClientEncrypted(peer, headers, policy.trusted, policy.forwardingField);
}
