/**
 * request-target = origin-form / absolute-form / authority-form / asterisk-form (RFC 9112 §3.2), and the Host that
 * goes with it. Decided on the scanned head while it is still in the window.
 */
import { HOST_INVALID, HOST_MISMATCH, HOST_MISSING, HOST_REPEATED, TARGET_FORM_INVALID } from "./errors.ts";
import { HOST_TAG, NAME_START, NAME_TAG, VALUE_END, VALUE_START } from "./field-bounds.ts";
import type { FieldTable } from "./field-table.ts";
import { SLASH, WORD_HOST } from "./grammar.ts";
import { isPlainHost, parseHost } from "./host.ts";
import type { RequestHeadRecord } from "./request-head.ts";
import { byteAt, faultAt, wordAt } from "./window.ts";

/**
 * absolute-form = scheme "://" authority path-abempty [ "?" query ] (RFC 9112 §3.2.2, RFC 3986 §3).
 * An absolute-URI without authority (`mailto:x`) is refused: nothing that is reached over HTTP/1.1 has one, and
 * `example.com:443` would be read as a scheme and a path. User information is refused by RFC 9110 §4.2.4.
 */
const ABSOLUTE_FORM = /^([a-z][a-z\d+\-.]*:\/\/)([^/?]*)/i;

/**
 * Checks the form of the target and that Host agrees with it.
 *
 * @throws {HttpSyntaxError} `target-form-invalid`, `host-missing`, `host-repeated`, `host-invalid` or `host-mismatch`.
 */
export function checkTargetAndHost(head: RequestHeadRecord): void {
  const { fields } = head;
  const connect = head.methodEnd - fields.start === 7 && head.method === "CONNECT";
  const accepted = byteAt(head.methodEnd + 1) === SLASH && !connect ? undefined : hostsOf(head, connect);
  const index = hostOf(fields);
  if (index < 0 && head.versionMinor === 0) return;
  if (index < 0) throw faultAt(HOST_MISSING, fields.end);
  const second = fields.find("host", index + 1);
  if (second >= 0) throw faultAt(HOST_REPEATED, fields.boundOf(second, NAME_START));
  const start = fields.boundOf(index, VALUE_START);
  if (!isPlainHost(start, fields.boundOf(index, VALUE_END)) && parseHost(fields.valueAt(index)) === undefined)
    throw faultAt(HOST_INVALID, start);
  // RFC 9112 §3.2.2 has a server use the target's authority and ignore Host. A proxy in front may have done the
  // opposite, so they must agree; hosts compare without case (RFC 9110 §4.2.3).
  if (accepted?.includes(fields.valueAt(index).toLowerCase()) === false) throw faultAt(HOST_MISMATCH, start);
}

/** Index of Host; -1 when there is none. Every request has one, so it is told by its number and its word. */
function hostOf(fields: FieldTable): number {
  for (let index = 0; index < fields.size; index++) {
    const word = wordAt(fields.boundOf(index, NAME_START)) | 0x20202020;
    if (word === WORD_HOST && fields.boundOf(index, NAME_TAG) === HOST_TAG) return index;
  }
  return -1;
}

/** What Host may say beside a target that is not in origin-form, in lower case; `undefined` when anything. */
function hostsOf({ method, target, methodEnd }: RequestHeadRecord, connect: boolean): (string | false)[] | undefined {
  // asterisk-form = "*" (RFC 9112 §3.2.4)
  if (method === "OPTIONS" && target === "*") return undefined;
  // authority-form = uri-host ":" port (RFC 9112 §3.2.3): only CONNECT takes it, and it takes nothing else.
  const [, scheme = "", authority = ""] = (connect ? /^()(.*)/ : ABSOLUTE_FORM).exec(target) ?? [];
  const [host, port] = parseHost(authority) ?? [];
  if (!host || (connect && !port)) throw faultAt(TARGET_FORM_INVALID, methodEnd + 1 + scheme.length);
  // Some clients leave the port out of Host when they send CONNECT; no two readers differ about the host then.
  return [authority.toLowerCase(), connect && host.toLowerCase()];
}
