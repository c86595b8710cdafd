import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const FROM = Date.UTC(2026, 10, 21, 1, 2, 3);

function certificate(wishes: Partial<Parameters<typeof selfSignedCertificate>[0]>): X509Certificate {
  const rest = { key, commonName: "tinyhttp", names: ["localhost"], addresses: [], from: FROM, until: FROM + 1000 };
  return new X509Certificate(selfSignedCertificate({ ...rest, ...wishes }));
}

describe("selfSignedCertificate", () => {
  it("is signed with the key that it vouches for", () => {
    const made = certificate({});
    expect(made.checkPrivateKey(key)).toBe(true);
    expect(made.verify(made.publicKey)).toBe(true);
    expect(made.ca).toBe(false);
    expect(made.subject).toBe("CN=tinyhttp");
  });

  it.each([["127.0.0.1"], ["10.20.30.40"], ["::"], ["::1"], ["2001:db8::a:0:1"], ["1:2:3:4:5:6:7:8"], ["fd00::"]])(
    "vouches for the address %s",
    (address) => {
      expect(certificate({ addresses: [address] }).checkIP(address)).toBe(address);
      expect(certificate({ addresses: ["192.0.2.1"] }).checkIP(address)).toBeUndefined();
    },
  );

  it("vouches for names and no others", () => {
    const made = certificate({ names: ["localhost", "box.example"] });
    expect(made.checkHost("box.example")).toBe("box.example");
    expect(made.checkHost("a.box.example")).toBeUndefined();
  });

  it.each([
    ["in UTCTime", FROM],
    ["beyond 2049, in GeneralizedTime (RFC 5280 §4.1.2.5)", Date.UTC(2051, 0, 1)],
  ])("holds for a time %s", (_, from) => {
    const made = certificate({ from, until: from + 86_400_000 });
    expect(made.validFromDate.getTime()).toBe(from);
    expect(made.validToDate.getTime()).toBe(from + 86_400_000);
  });

  it("has a serial number of its own, positive and 16 octets long (RFC 5280 §4.1.2.2)", () => {
    const serials = Array.from({ length: 50 }, () => certificate({}).serialNumber);
    expect(new Set(serials).size).toBe(50);
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
  });
});
