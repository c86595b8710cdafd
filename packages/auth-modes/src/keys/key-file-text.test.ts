import { describe, expect, it } from "vitest";
import { formatKeyFile, parseKeyFile } from "./key-file-text.ts";
import type { KeyRecord } from "./key-record.ts";

const RECORD: KeyRecord = {
  id: "abcd1234",
  digest: "A".repeat(43),
  holder: "ann",
  description: "laptop",
  scopes: ["read", "write"],
  prefixes: ["/docs"],
  created: Date.UTC(2027, 0, 1),
  notBefore: undefined,
  expires: Date.UTC(2028, 0, 1),
  superseded: undefined,
  revoked: undefined,
};

function withField(name: string, value: unknown): string {
  const file = JSON.parse(formatKeyFile([RECORD])) as { keys: Record<string, unknown>[] };
  return JSON.stringify({ ...file, keys: [{ ...file.keys[0], [name]: value }] });
}

describe("parseKeyFile", () => {
  it("reads what formatKeyFile writes", () => {
    expect(parseKeyFile(formatKeyFile([RECORD]))).toEqual([RECORD]);
    expect(parseKeyFile(formatKeyFile([]))).toEqual([]);
  });

  it.each([
    ["an empty file", ""],
    ["half a file", formatKeyFile([RECORD]).slice(0, -30)],
    ["a later version", '{"version":2,"keys":[]}'],
    ["the same id twice", formatKeyFile([RECORD, RECORD])],
    ["a field that may limit the key", withField("onlyFrom", "10.0.0.0/8")],
    ["a scope that nobody knows", withField("scopes", ["read", "fly"])],
    ["a prefix that is not normalised", withField("prefixes", ["/a/../b"])],
    ["scopes that are no list", withField("scopes", "read")],
    ["a digest that is too short", withField("digest", "AAAA")],
    ["a time that is none", withField("expires", "soon")],
    ["a time as a number", withField("expires", 1_800_000_000)],
    ["no time of creation", withField("created", undefined)],
  ])("refuses %s", (_, text) => {
    expect(() => parseKeyFile(text)).toThrow(expect.objectContaining({ name: "KeyFileError", code: "malformed" }));
  });

  it("quotes nothing of the file", () => {
    const text = withField("digest", "CANARY");
    expect(() => parseKeyFile(text)).toThrow(/^(?!.*CANARY)/);
    expect(() => parseKeyFile(`{"CANARY`)).toThrow(/^(?!.*CANARY)/);
  });
});
