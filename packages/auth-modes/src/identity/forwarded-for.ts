/** Who a proxy says it forwards for: one element for each hop, the nearest last. */
import { canonicalAddress } from "./ip-address.ts";

// RFC 7239 §6: an address, an IPv6 one in brackets, each with or without a port.
const NODE = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<v4>[\d.]+))(?::\d{1,5})?$/i;
// RFC 7239 §4: token "=" ( token / quoted-string ), separated by semicolons within an element.
const PAIR = /^\s*([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~:[\]-]*))\s*$/;
// What separates, outside of quoted strings.
const ELEMENTS = /(?:[^",]|"(?:[^"\\]|\\.)*")+/g;
const PAIRS = /(?:[^";]|"(?:[^"\\]|\\.)*")+/g;

/**
 * Reads `X-Forwarded-For`. An element that is no address (`unknown`, a name) is `undefined`.
 *
 * @param value All field lines, joined by commas.
 */
export function parseXForwardedFor(value: string): (string | undefined)[] {
  return value.split(",").map((element) => nodeAddress(element.trim()));
}

/** Reads the `for` of `Forwarded` (RFC 7239 §4). An element without an address (`unknown`, `_hidden`) is `undefined`. */
export function parseForwarded(value: string): (string | undefined)[] {
  return (value.match(ELEMENTS) ?? []).map((element) => nodeAddress(parameterOf(element, "for") ?? ""));
}

/** The `proto` of the last element of `Forwarded`: how the nearest proxy was spoken to. */
export function forwardedProtocol(value: string): string | undefined {
  const last = (value.match(ELEMENTS) ?? []).at(-1);
  return last === undefined ? undefined : parameterOf(last, "proto")?.toLowerCase();
}

function parameterOf(element: string, name: string): string | undefined {
  for (const text of element.match(PAIRS) ?? []) {
    const [, key, quoted, token] = PAIR.exec(text) ?? [];
    if (key?.toLowerCase() === name) return quoted?.replace(/\\(.)/g, "$1") ?? token;
  }
  return undefined;
}

function nodeAddress(node: string): string | undefined {
  const { v6, v4 } = NODE.exec(node)?.groups ?? {};
  return canonicalAddress(v6 ?? v4 ?? node);
}
