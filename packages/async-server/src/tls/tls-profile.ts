/** Which TLS is spoken: what every browser since 2017 can, and nothing whose past traffic a stolen key opens. */
import type { SecureContextOptions } from "node:tls";

// RFC 9325 §4.2: ephemeral key exchange and authenticated encryption. 128 bits first: nothing is known that breaks
// them, and they cost less.
const CIPHERS = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
].join(":");

// The first is safe from quantum computers; OpenSSL before 3.5 (Node 22) does not know it.
const GROUPS = "X25519MLKEM768:X25519:P-256";
const CLASSICAL_GROUPS = "X25519:P-256";

/** Options of `tls.createSecureContext` and `tls.createServer`. */
export function tlsProfile(): SecureContextOptions {
  const { SSL_OP_CIPHER_SERVER_PREFERENCE, SSL_OP_NO_RENEGOTIATION } =
    process.getBuiltinModule("node:crypto").constants;
  return {
    minVersion: "TLSv1.2",
    ciphers: CIPHERS,
    ecdhCurve: knowsGroups(GROUPS) ? GROUPS : CLASSICAL_GROUPS,
    // A new handshake within a connection costs the server more than the client, and TLS 1.3 has none.
    secureOptions: SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION,
    // A ticket is good for no other server that happens to hold the same keys (RFC 5246 §7.4.1.2).
    sessionIdContext: "tinyhttp",
  };
}

function knowsGroups(ecdhCurve: string): boolean {
  try {
    process.getBuiltinModule("node:tls").createSecureContext({ ecdhCurve });
    return true;
  } catch {
    return false;
  }
}
