import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeRequest } from "../../test/fake-request.ts";
import { clientAddress, type ForwardingField, isClientEncrypted } from "./client-address.ts";
import { TrustedProxies } from "./trusted-proxies.ts";

const TRUSTED = new TrustedProxies(["10.0.0.0/8", "fd00::/8", "::1"]);

function client(peer: string, headers: readonly (readonly [string, string])[], field?: ForwardingField): string {
  const request = new FakeRequest("/", { headers, peer: { address: peer } });
  return clientAddress(request.peer, request.headers, TRUSTED, field);
}

describe("clientAddress", () => {
  it.each([
    ["203.0.113.9", "127.0.0.1", "203.0.113.9"],
    ["10.0.0.1", "198.51.100.7", "198.51.100.7"],
    ["10.0.0.1", "127.0.0.1, 198.51.100.7", "198.51.100.7"],
    ["10.0.0.1", "127.0.0.1, 198.51.100.7, 10.9.9.9", "198.51.100.7"],
    ["10.0.0.1", "198.51.100.7:4711", "198.51.100.7"],
    ["10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"],
    ["10.0.0.1", "2001:db8::7", "2001:db8::7"],
    ["10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"],
    ["::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"],
    ["fd12::1", "198.51.100.7", "198.51.100.7"],
    ["10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["10.0.0.1", "127.0.0.1, unknown", "10.0.0.1"],
    ["10.0.0.1", "127.0.0.1, 256.1.1.1", "10.0.0.1"],
    ["10.0.0.1", "127.0.0.1, 10.0.0.2, <script>", "10.0.0.1"],
    ["10.0.0.1", "", "10.0.0.1"],
    ["10.0.0.1", "1.2.3.4,", "10.0.0.1"],
  ])("from %s with X-Forwarded-For: %s is %s", (peer, value, address) => {
    expect(client(peer, [["X-Forwarded-For", value]])).toBe(address);
  });

  it.each([
    ['for="[2001:db8::7]:4711";proto=https', "2001:db8::7"],
    ["for=127.0.0.1, For=198.51.100.7;by=10.0.0.1", "198.51.100.7"],
    ['for="127.0.0.1, for=1.2.3.4", for=198.51.100.7', "198.51.100.7"],
    ["for=198.51.100.7, for=10.0.0.2", "198.51.100.7"],
    ["for=unknown", "10.0.0.1"],
    ["for=_hidden, for=10.0.0.2", "10.0.0.2"],
    ["proto=https", "10.0.0.1"],
    ["for=198.51.100.7, for=", "10.0.0.1"],
    ['for="198.51.100.7', "10.0.0.1"],
  ])("with Forwarded: %s is %s (RFC 7239 §4)", (value, address) => {
    expect(client("10.0.0.1", [["Forwarded", value]], "forwarded")).toBe(address);
  });

  it("reads the lines of a repeated field as one list", () => {
    const lines = [["X-Forwarded-For", "127.0.0.1"] as const, ["X-Forwarded-For", "198.51.100.7"] as const];
    expect(client("10.0.0.1", lines)).toBe("198.51.100.7");
  });

  it("does not read the field that its proxies do not write", () => {
    expect(client("10.0.0.1", [["Forwarded", "for=127.0.0.1"]])).toBe("10.0.0.1");
    expect(client("10.0.0.1", [["X-Forwarded-For", "127.0.0.1"]], "forwarded")).toBe("10.0.0.1");
  });

  it("never believes what an untrusted peer, or the client of a trusted one, says", () => {
    const claims = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 5 });
    fc.assert(
      fc.property(claims, (said) => {
        expect(client("203.0.113.9", [["X-Forwarded-For", said.join(",")]])).toBe("203.0.113.9");
        const passedOn = [...said, "203.0.113.9"].join(", ");
        expect(client("10.0.0.1", [["X-Forwarded-For", passedOn]])).toBe("203.0.113.9");
      }),
    );
  });
});

function encrypted(peer: string, name: string, value: string, field?: ForwardingField): boolean {
  const request = new FakeRequest("/", { headers: [[name, value]], peer: { address: peer } });
  return isClientEncrypted(request.peer, request.headers, TRUSTED, field);
}

describe("isClientEncrypted", () => {
  it("takes a trusted proxy's word, its last one, and nobody else's", () => {
    expect(encrypted("10.0.0.1", "X-Forwarded-Proto", "https")).toBe(true);
    expect(encrypted("10.0.0.1", "X-Forwarded-Proto", "https, http")).toBe(false);
    expect(encrypted("203.0.113.9", "X-Forwarded-Proto", "https")).toBe(false);
    expect(encrypted("10.0.0.1", "Forwarded", "proto=http, for=1.2.3.4;proto=HTTPS", "forwarded")).toBe(true);
    expect(encrypted("10.0.0.1", "Forwarded", "proto=https, for=1.2.3.4", "forwarded")).toBe(false);
  });
});

describe("TrustedProxies", () => {
  it("has whoever is on a Unix socket only when told so", () => {
    expect(new TrustedProxies(["unix"]).has("")).toBe(true);
    expect(new TrustedProxies(["unix"]).isEmpty).toBe(false);
    expect(new TrustedProxies(["::/0", "0.0.0.0/0"]).has("")).toBe(false);
  });

  it.each([
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["192.0.2.128/25", "192.0.2.128", true],
    ["192.0.2.1", "192.0.2.1", true],
    ["192.0.2.1", "192.0.2.2", false],
    ["::/0", "2001:db8::1", true],
    ["0.0.0.0/0", "1.2.3.4", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["fe80::/10", "fe80::1%eth0", true],
    ["10.0.0.0/8", "", false],
  ])("%s has %s: %s", (network, address, isIn) => {
    expect(new TrustedProxies([network]).has(address)).toBe(isIn);
  });

  it.each([["10.0.0.0/33"], ["10.0.0.0/"], ["10.0.0.0/8/8"], ["proxy.example"], ["::/129"], ["10.0.0.0/-1"], [""]])(
    "refuses %j",
    (network) => {
      expect(() => new TrustedProxies([network])).toThrow(/Cannot trust the proxy/);
    },
  );
});
