import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { readSecretFile } from "./read-secret-file.ts";
import { Secret } from "./secret.ts";

describe("Secret", () => {
  it("shows itself nowhere but in reveal()", () => {
    const secret = new Secret("CANARY");
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
      format("%s %o %j", secret, secret, secret),
      Object.values(secret).join(""),
      JSON.stringify(structuredClone(secret)),
    ];
    expect(shown.join("\n")).not.toContain("CANARY");
    expect(secret.reveal()).toBe("CANARY");
  });
});

function file(text: string, mode = 0o600): string {
  const path = join(temporaryDirectory(), "secret");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe("readSecretFile", () => {
  it.each([["CANARY"], ["CANARY\n"], ["CANARY\r\n\n"]])("reads %j without the line's end", (text) => {
    expect(readSecretFile(file(text)).reveal()).toBe("CANARY");
    expect(readSecretFile(file(text, 0o400)).reveal()).toBe("CANARY");
  });

  it.each([[0o640], [0o604], [0o620], [0o601], [0o666]])("refuses mode %o, and says what to do", (mode) => {
    expect(() => readSecretFile(file("CANARY", mode))).toThrow(/^Cannot use .*chmod 600 (?!.*CANARY)/);
  });

  it.each([
    ["not-found", (directory: string) => join(directory, "absent")],
    ["not-regular", (directory: string) => directory],
    ["not-readable", () => file("\n")],
    ["too-large", () => file("x".repeat(65_537))],
  ])("refuses a file: %s", (code, pathIn) => {
    const directory = join(temporaryDirectory(), "closed");
    mkdirSync(directory, { mode: 0o700 });
    expect(() => readSecretFile(pathIn(directory))).toThrow(
      expect.objectContaining({ name: "PrivateFileError", code }),
    );
  });

  it("follows a symlink, and judges the file it leads to", () => {
    const open = file("CANARY", 0o644);
    const link = join(temporaryDirectory(), "link");
    symlinkSync(open, link);
    expect(() => readSecretFile(link)).toThrow(expect.objectContaining({ code: "not-private" }));
  });
});
