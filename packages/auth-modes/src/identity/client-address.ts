import type { HeaderView, Peer } from "@tinyhttp/handler";
import { forwardedProtocol, parseForwarded, parseXForwardedFor } from "./forwarded-for.ts";
import type { TrustedProxies } from "./trusted-proxies.ts";

/** Which field the trusted proxies write. The other one is what clients send, and is not read. */
export type ForwardingField = "x-forwarded-for" | "forwarded";

/**
 * The address of the client: the peer's own, or, when the peer is a trusted proxy, the rightmost one in what the
 * proxies say that is not a trusted proxy itself. What stands left of it was said by nobody known.
 *
 * An element that is no address ends the search: the answer is then the trusted proxy that said so.
 *
 * @param field Default `x-forwarded-for`.
 */
export function clientAddress(
  peer: Peer,
  headers: HeaderView,
  trusted: TrustedProxies,
  field: ForwardingField = "x-forwarded-for",
): string {
  if (!trusted.has(peer.address)) return peer.address;
  const value = headers.get(field);
  if (value === undefined) return peer.address;
  const hops = field === "forwarded" ? parseForwarded(value) : parseXForwardedFor(value);
  let address = peer.address;
  for (const hop of hops.reverse()) {
    if (hop === undefined) return address;
    address = hop;
    if (!trusted.has(hop)) return address;
  }
  return address;
}

/** Whether the client's connection is encrypted: to here, or to the trusted proxy in front. */
export function isClientEncrypted(
  peer: Peer,
  headers: HeaderView,
  trusted: TrustedProxies,
  field: ForwardingField = "x-forwarded-for",
): boolean {
  if (peer.encrypted || !trusted.has(peer.address)) return peer.encrypted;
  if (field === "forwarded") return forwardedProtocol(headers.get("forwarded") ?? "") === "https";
  return headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim().toLowerCase() === "https";
}
