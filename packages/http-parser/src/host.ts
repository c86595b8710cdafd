/**
 * uri-host [ ":" port ], as in Host and in the authority of a request-target (RFC 9110 §7.2, RFC 3986 §3.2).
 * Read in the window; window indexes are the only input.
 */
import { WINDOW } from "./byte-loan.ts";
import { endOfRun } from "./byte-run.ts";
import { COLON, HEX_VALUE, isDigit, REG_NAME_CHAR } from "./grammar.ts";

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const PERCENT = 0x25;
const HIGHEST_PORT = 65_535;

/**
 * Checks the host and port at window indexes `start` to `end`; the byte at `end` must be one that no host has.
 *
 * @returns The index of the colon before the port, or `end` when there is none; -1 when it is not a host and port.
 *          An empty host is one (RFC 9110 §7.2: a target without authority has an empty Host).
 */
export function scanHost(start: number, end: number): number {
  const hostEnd = WINDOW[start] === OPEN_BRACKET && start < end ? endOfIpLiteral(start, end) : endOfRegName(start, end);
  if (hostEnd === end || hostEnd === -1) return hostEnd;
  if (WINDOW[hostEnd] !== COLON) return -1;
  return isPort(hostEnd + 1, end) ? hostEnd : -1;
}

/** port = *DIGIT (RFC 3986 §3.2.3), of a number that a port can have */
function isPort(start: number, end: number): boolean {
  let port = 0;
  for (let at = start; at < end; at++) {
    if (!isDigit(WINDOW[at]!)) return false;
    port = port * 10 + (WINDOW[at]! - 0x30);
    if (port > HIGHEST_PORT) return false;
  }
  return true;
}

function endOfRegName(start: number, end: number): number {
  let at = endOfRun(REG_NAME_CHAR, start);
  while (WINDOW[at] === PERCENT && at + 2 < end) {
    if (HEX_VALUE[WINDOW[at + 1]!]! > 15 || HEX_VALUE[WINDOW[at + 2]!]! > 15) break;
    at = endOfRun(REG_NAME_CHAR, at + 3);
  }
  return at;
}

/**
 * IP-literal = "[" IPv6address "]" (RFC 3986 §3.2.2). No IPvFuture has been defined and a zone id (RFC 6874) has no
 * meaning for anybody but its sender, so both are refused.
 */
function endOfIpLiteral(start: number, end: number): number {
  let groups = 0;
  let elided = false;
  let at = start + 1;
  while (at < end && WINDOW[at] !== CLOSE_BRACKET) {
    if (WINDOW[at] === COLON && WINDOW[at + 1] === COLON) {
      if (elided || WINDOW[at + 2] === COLON) return -1;
      elided = true;
      at += 2;
      continue;
    }
    // A single colon stands between two groups only.
    if (WINDOW[at] === COLON && (groups === 0 || WINDOW[++at] === CLOSE_BRACKET)) return -1;
    const groupEnd = endOfGroup(at, end);
    if (WINDOW[groupEnd] === 0x2e) {
      if (!isIpv4(at, end)) return -1;
      groups += 2;
      while (WINDOW[at] !== CLOSE_BRACKET) at++;
      break;
    }
    if (groupEnd === at || groupEnd - at > 4) return -1;
    groups++;
    at = groupEnd;
  }
  const complete = elided ? groups <= 7 : groups === 8;
  return complete && at < end && WINDOW[at] === CLOSE_BRACKET ? at + 1 : -1;
}

/** h16 = 1*4HEXDIG */
function endOfGroup(start: number, end: number): number {
  let at = start;
  while (at < end && HEX_VALUE[WINDOW[at]!]! < 16) at++;
  return at;
}

/** Whether an IPv4address stands at `start`, up to "]". */
function isIpv4(start: number, end: number): boolean {
  let octet = -1;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const byte = WINDOW[at]!;
    if (isDigit(byte)) {
      if (octet === 0) return false;
      octet = Math.max(octet, 0) * 10 + (byte - 0x30);
      if (octet > 255) return false;
    } else if (octet === -1) return false;
    else if (byte === CLOSE_BRACKET) return dots === 3;
    else if (byte !== 0x2e || ++dots > 3) return false;
    else octet = -1;
  }
  return false;
}
