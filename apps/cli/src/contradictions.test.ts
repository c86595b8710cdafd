import { describe, expect, it } from "vitest";
import { refuseContradictions } from "./contradictions.ts";
import { UsageError } from "./failure.ts";
import type { GivenOptions } from "./options.ts";

const TYPED = new Map();
const PAIR: GivenOptions = { "tls-cert": ["a.crt"], "tls-key": ["a.key"] };

describe("refuseContradictions", () => {
  it.each<[GivenOptions]>([
    [{}],
    [PAIR],
    [{ ...PAIR, "redirect-http": 80, hsts: 300 }],
    [{ "tls-self-signed": true, hsts: 300 }],
    [{ "tls-self-signed": false, ...PAIR }],
    [{ "proxy-protocol": true, "trusted-proxy": ["10.0.0.0/8"] }],
    [{ quiet: true, debug: false }],
  ])("takes %j", (given) => {
    expect(() => refuseContradictions(given, TYPED)).not.toThrow();
  });

  it.each<[GivenOptions, string]>([
    [{ quiet: true, debug: true }, "Cannot be --quiet and --debug at once: leave one of them out"],
    [{ ...PAIR, "tls-self-signed": true }, "Cannot be --tls-self-signed and --tls-cert at once: leave one of them out"],
    [{ socket: "a.sock", port: 80 }, "Cannot be --socket and --port at once: leave one of them out"],
    [{ hsts: 300 }, "--hsts has no effect by itself: add --tls-cert or --tls-self-signed"],
    [{ "tls-client-ca": "ca.pem" }, "--tls-client-ca has no effect by itself: add --tls-cert or --tls-self-signed"],
    [{ "proxy-protocol": true }, "--proxy-protocol has no effect by itself: add --trusted-proxy"],
    [
      { "tls-cert": ["a", "b"], "tls-key": ["a"] },
      "Cannot match 2 --tls-cert with 1 --tls-key: give each certificate its key, in the same order",
    ],
    [
      { "tls-key": ["a"] },
      "Cannot match 0 --tls-cert with 1 --tls-key: give each certificate its key, in the same order",
    ],
  ])("refuses %j", (given, message) => {
    expect(() => refuseContradictions(given, TYPED)).toThrow(new UsageError(message));
  });

  it("says where an option comes from that nobody typed", () => {
    const origins = new Map([["port", { kind: "environment", variable: "TINYHTTP_PORT" }]] as const);
    expect(() => refuseContradictions({ socket: "a.sock", port: 80 }, origins)).toThrow(
      "Cannot be --socket and --port of TINYHTTP_PORT at once: leave one of them out",
    );
  });
});
