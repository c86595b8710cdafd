import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannotRun } from "../failure.ts";
import { ownCertificate } from "./own-certificate.ts";

const NOW = Date.now();
const DAY_MS = 86_400_000;
const MACHINE = { names: ["localhost"], addresses: ["127.0.0.1", "192.0.2.7"] };

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tinyhttp-certificate-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function made(now: number = NOW, machine: typeof MACHINE = MACHINE): X509Certificate {
  return new X509Certificate(readFileSync(ownCertificate(join(directory, "state"), now, machine).certFile));
}

describe("ownCertificate", () => {
  it("is remembered", () => {
    const first = made();
    expect(made(NOW + 300 * DAY_MS).fingerprint256).toBe(first.fingerprint256);
    expect(first.checkIP("192.0.2.7")).toBe("192.0.2.7");
  });

  it.each([
    ["it is about to end", NOW + 370 * DAY_MS, MACHINE],
    ["the clock was ahead when it was made", NOW - 2 * DAY_MS, MACHINE],
    ["the machine has another address", NOW, { ...MACHINE, addresses: ["192.0.2.8"] }],
  ])("is made again, with the same key, when %s", (_, now, machine) => {
    const first = made();
    const second = made(now, machine);
    expect(second.fingerprint256).not.toBe(first.fingerprint256);
    expect(second.publicKey.equals(first.publicKey)).toBe(true);
  });

  it("is made again when it is damaged", () => {
    const first = made();
    writeFileSync(join(directory, "state", "self-signed.crt"), "half");
    expect(made().publicKey.equals(first.publicKey)).toBe(true);
  });

  it("is for its owner alone, as is the directory", () => {
    const { certFile, keyFile } = ownCertificate(join(directory, "state"), NOW, MACHINE);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(statSync(certFile).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, "state")).mode & 0o777).toBe(0o700);
  });

  it("is refused when others can read the key", () => {
    made();
    chmodSync(join(directory, "state", "self-signed.key"), 0o640);
    expect(() => made()).toThrow(CannotRun);
  });

  it("says when the directory cannot be used", () => {
    writeFileSync(join(directory, "state"), "");
    expect(() => made()).toThrow(/^Cannot keep a certificate in /);
  });
});
