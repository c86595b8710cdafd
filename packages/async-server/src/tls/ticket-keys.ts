/** A secret ages out of use with the keys that are derived from it: what a stolen key opens is half a day of tickets. */
export const TICKET_KEY_PERIOD_MS: number = 12 * 3_600_000;
export const FEWEST_SECRET_BYTES = 32;
/** What OpenSSL takes: a name of the key, an HMAC key and an AES key of 16 bytes each. */
const TICKET_KEY_BYTES = 48;

/**
 * The key that seals session tickets (RFC 5077 §4) during one period: the same for all who share the secret, with
 * nothing said between them.
 *
 * @param scope What a ticket must not outlive: whom the server believes. A ticket stands for the client's certificate.
 */
export function ticketKeys(secret: Uint8Array, period: number, scope: string): Buffer {
  const { hkdfSync } = process.getBuiltinModule("node:crypto");
  return Buffer.from(hkdfSync("sha256", secret, scope, `session tickets ${period}`, TICKET_KEY_BYTES));
}

export function ticketPeriod(now: number): number {
  return Math.floor(now / TICKET_KEY_PERIOD_MS);
}
