/** How the connection is encrypted. */
import type { OptionSpec } from "./option-spec.ts";

export const TRANSPORT_OPTIONS = {
  "tls-cert": {
    type: "list",
    group: "transport",
    value: "file",
    isPath: true,
    description: "Certificate in PEM, with those that lead to its issuer; repeat it, with --tls-key, for several names",
  },
  "tls-key": {
    type: "list",
    group: "transport",
    value: "file",
    isPath: true,
    description: "Private key of the certificate, in PEM, which only its owner can read",
  },
  "tls-self-signed": {
    type: "boolean",
    group: "transport",
    default: false,
    description: "Encrypt with a certificate that is made here and remembered; its fingerprint is shown",
  },
  "tls-client-ca": {
    type: "string",
    group: "transport",
    value: "file",
    isPath: true,
    description: "Ask clients for certificates of this authority; those with a --tls-client-name need no key",
  },
  "tls-client-name": {
    type: "list",
    group: "transport",
    value: "name",
    description: "Name in such a certificate whose owner may read, as in DNS:build.example or email:ann@a.example",
  },
  http2: {
    type: "boolean",
    group: "transport",
    default: true,
    description: "Speak HTTP/2 with those who can, when encrypted",
  },
  "redirect-http": {
    type: "number",
    group: "transport",
    value: "port",
    max: 65_535,
    description: "Listen on this port too, and send those who ask there to the encrypted one",
  },
  hsts: {
    type: "number",
    group: "transport",
    value: "seconds",
    max: 63_072_000,
    description: "Have browsers insist on encryption for so long (Strict-Transport-Security)",
  },
  "insecure-http": {
    type: "boolean",
    group: "transport",
    default: false,
    description: "Let keys cross the network without encryption",
  },
} as const satisfies Record<string, OptionSpec>;
