import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parseConfig } from "./config-file.ts";
import { configSchema } from "./json-schema.ts";

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(configSchema());

function isTaken(document: unknown): boolean {
  try {
    parseConfig("file.json", JSON.stringify(document));
    return true;
  } catch {
    return false;
  }
}

describe("configSchema", () => {
  it("is what the package carries", () => {
    const shipped = readFileSync(new URL("../../tinyhttp.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(shipped)).toEqual(configSchema());
  });

  it.each([
    [{}, true],
    [
      { $schema: "./tinyhttp.schema.json", defaultMode: "public", public: { port: 80 }, private: {}, unprivate: {} },
      true,
    ],
    [{ port: 0, threads: 4, index: "a.html", header: ["A: 1"], spa: false }, true],
    [{ threads: "auto" }, true],
    [{ port: 65_536 }, false],
    [{ port: "80" }, false],
    [{ threads: 1.5 }, false],
    [{ host: "" }, false],
    [{ index: [1] }, false],
    [{ defaultMode: "open" }, false],
    [{ prot: 1 }, false],
    [{ public: { prot: 1 } }, false],
    [{ public: { public: {} } }, false],
    [{ config: "a.json" }, false],
    [[], false],
  ])("agrees with the program on %j: %s", (document, expected) => {
    expect({ schema: validate(document), program: isTaken(document) }).toEqual({ schema: expected, program: expected });
  });
});
