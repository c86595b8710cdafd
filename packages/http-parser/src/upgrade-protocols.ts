/** The value of Upgrade, when it is written. */
import { isToken } from "./field-syntax.ts";

/**
 * Upgrade = #protocol; protocol = protocol-name [ "/" protocol-version ] (RFC 9110 §7.8)
 *
 * @throws {TypeError} `upgrade` is not such a list.
 */
export function checkProtocols(upgrade: string): void {
  const valid = upgrade.split(",").every((protocol) => protocol.trim().split("/").every(isToken));
  if (!valid) throw new TypeError(`Cannot encode field Upgrade: expected protocols, got ${JSON.stringify(upgrade)}`);
}
