import { execFileSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

const NAMES = ["localhost", "box.local", "*.example.com", "127.0.0.1", "::1", "fd00::a:1", "::ffff:192.0.2.1"];

describe("selfSignedCertificate", () => {
  it("is for every name that is given, and for a server alone (RFC 5280 §4.2)", () => {
    const { cert, fingerprint256 } = selfSignedCertificate({ names: NAMES });
    const certificate = new X509Certificate(cert);
    expect(certificate.subjectAltName).toBe(
      "DNS:localhost, DNS:box.local, DNS:*.example.com, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, " +
        "IP Address:FD00:0:0:0:0:0:A:1, IP Address:0:0:0:0:0:FFFF:C000:201",
    );
    expect(certificate.checkHost("a.example.com")).toBe("*.example.com");
    expect(certificate.checkIP("fd00::a:1")).toBe("fd00::a:1");
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(certificate.fingerprint256).toBe(fingerprint256);
  });

  it("belongs to its key, which is on P-256, and is signed by it", () => {
    const { cert, key } = selfSignedCertificate({ names: ["localhost"] });
    const certificate = new X509Certificate(cert);
    const privateKey = createPrivateKey(key);
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(privateKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  });

  it.each([
    [0, "Dec 31 00:00:00 1969 GMT", "Feb  1 00:00:00 1971 GMT"],
    [Date.UTC(2049, 11, 31), "Dec 30 00:00:00 2049 GMT", "Jan 31 00:00:00 2051 GMT"],
  ])("is valid for 397 days from the day before %i on (RFC 5280 §4.1.2.5)", (now, validFrom, validTo) => {
    const certificate = new X509Certificate(selfSignedCertificate({ names: ["a"], now }).cert);
    expect([certificate.validFrom, certificate.validTo]).toEqual([validFrom, validTo]);
  });

  it("goes on with a key that is given", () => {
    const first = selfSignedCertificate({ names: ["a"] });
    const second = selfSignedCertificate({ names: ["b"], key: first.key });
    expect(second.key).toBe(first.key);
    expect(new X509Certificate(second.cert).publicKey.equals(new X509Certificate(first.cert).publicKey)).toBe(true);
  });

  it("refuses a key that its signature could not be made with", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const key = privateKey.export({ type: "pkcs8", format: "pem" });
    expect(() => selfSignedCertificate({ names: ["a"], key })).toThrow(TypeError);
  });

  it("has a serial number that is positive and 16 octets long (RFC 5280 §4.1.2.2)", () => {
    for (let round = 0; round < 20; round++) {
      const { serialNumber } = new X509Certificate(selfSignedCertificate({ names: ["a"] }).cert);
      expect(serialNumber).toMatch(/^[0-7][0-9A-F]{31}$/);
    }
  });

  it("is another one each time", () => {
    const [one, other] = [selfSignedCertificate({ names: ["a"] }), selfSignedCertificate({ names: ["a"] })];
    expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(other.cert).serialNumber);
    expect(one.key).not.toBe(other.key);
  });

  it.each([[[]], [[""]], [["a b"]], [["-a"]], [["a..b"]], [["fe80::1%eth0"]], [["a/b"]], [["é.example"]]])(
    "refuses the names %j",
    (names) => {
      expect(() => selfSignedCertificate({ names })).toThrow(RangeError);
    },
  );

  it.each([0, 398, Number.NaN])("refuses %d days", (days) => {
    expect(() => selfSignedCertificate({ names: ["a"], days })).toThrow(RangeError);
  });

  it("is what OpenSSL takes for a certificate", () => {
    const { cert } = selfSignedCertificate({ names: ["localhost", "::1"] });
    const text = execFileSync("openssl", ["x509", "-noout", "-text"], { input: cert, encoding: "utf8" });
    expect(text).toContain("Version: 3 (0x2)");
    expect(text).toContain("CA:FALSE");
    expect(text).toContain("Digital Signature");
    expect(text).toContain("TLS Web Server Authentication");
    expect(text).toContain("DNS:localhost, IP Address:0:0:0:0:0:0:0:1");
  });
});
