import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";
import { WORKS } from "./works.ts";

function names(args: string[]): { servers: string[]; works: string[]; partial: boolean } {
  const options = parseOptions(args);
  if (options === "help") throw new Error("Cannot list names of the help text");
  const { servers, works, partial } = options;
  return { servers: servers.map(({ name }) => name), works: works.map(({ name }) => name), partial };
}

describe("parseOptions", () => {
  it("takes everything, in 5 rounds of 1 s, when nothing is said", () => {
    expect(parseOptions([])).toMatchObject({ rounds: 5, seconds: 1, partial: false });
    expect(names([]).works).toEqual(WORKS.map(({ name }) => name));
  });
  it("keeps the order of the table whatever the order of --only", () => {
    expect(names(["--only", "serve,nginx"]).servers).toEqual(["nginx", "serve"]);
  });
  it("calls a selection partial", () => {
    expect(names(["--work", "1k"]).partial).toBe(true);
    expect(names(["--work", WORKS.map(({ name }) => name).join(",")]).partial).toBe(false);
  });
  it("calls a run partial that is shorter than by default", () => {
    expect(parseOptions(["--rounds", "2"])).toMatchObject({ partial: true });
    expect(parseOptions(["--rounds", "6", "--seconds", "2"])).toMatchObject({ partial: false });
  });
  it("passes over the -- that pnpm hands on", () => {
    expect(parseOptions(["--", "--rounds", "2"])).toMatchObject({ rounds: 2 });
  });
  it("refuses an unknown server and names those that exist", () => {
    expect(() => parseOptions(["--only", "apache"])).toThrow(/"apache".*"nginx"/);
  });
  it("refuses numbers that are not whole or out of range", () => {
    expect(() => parseOptions(["--rounds", "0"])).toThrow(RangeError);
    expect(() => parseOptions(["--rounds", "1.5"])).toThrow(RangeError);
    expect(() => parseOptions(["--seconds", "61"])).toThrow(RangeError);
    expect(() => parseOptions(["--seconds", "three"])).toThrow(RangeError);
  });
});
