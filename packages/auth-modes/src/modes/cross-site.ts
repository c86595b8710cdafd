import type { HeaderView } from "@tinyhttp/handler";

/** Whether a method is safe: asks for something without asking for a change (RFC 9110 §9.2.1). */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS" || method === "TRACE";
}

/**
 * Whether a browser sent this for a page of another origin. `Sec-Fetch-Site` decides where it is sent; browsers let no
 * page write it. Otherwise `Origin` must name the host that was asked. A client that sends neither is no browser.
 */
export function isCrossSite(headers: HeaderView): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  return origin !== undefined && hostOfOrigin(origin) !== headers.get("host")?.toLowerCase();
}

// RFC 6454 §6.1: scheme "://" host [ ":" port ], or "null" for what has no origin.
function hostOfOrigin(origin: string): string | undefined {
  return /^https?:\/\/([^/?#@\s]+)$/i.exec(origin)?.[1]?.toLowerCase();
}
