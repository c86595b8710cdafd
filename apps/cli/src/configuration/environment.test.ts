import { describe, expect, it } from "vitest";
import { UsageError } from "../failure.ts";
import { optionEntries, SERVE_OPTIONS } from "../options.ts";
import { readEnvironment } from "./environment.ts";
import { variableName } from "./option-key.ts";

describe("readEnvironment", () => {
  it("reads a variable for each option", () => {
    const env = {
      TINYHTTP_ROOT: "./site",
      TINYHTTP_PORT: "8080",
      TINYHTTP_CLEAN_URLS: "true",
      TINYHTTP_LISTING: "0",
      TINYHTTP_INDEX: "a.html, b.html",
      TINYHTTP_HEADER: "A: 1, 2\nB: 3\n",
      TINYHTTP_LOG_FORMAT: "json",
      PORT: "1",
    };
    expect(readEnvironment(env, SERVE_OPTIONS)).toMatchObject({
      given: {
        root: "./site",
        port: 8080,
        "clean-urls": true,
        listing: false,
        index: ["a.html", "b.html"],
        header: ["A: 1, 2", "B: 3"],
        "log-format": "json",
      },
      warnings: [],
    });
  });

  it("takes an empty variable for an absent one", () => {
    expect(readEnvironment({ TINYHTTP_PORT: "" }, SERVE_OPTIONS).given).toEqual({});
  });

  it("leaves alone what another command has", () => {
    expect(readEnvironment({ TINYHTTP_PORT: "not looked at" }, ["key-file"])).toMatchObject({
      given: {},
      warnings: [],
    });
  });

  it("names each option that is not for the command line alone differently", () => {
    const names = optionEntries().map(([name]) => variableName(name));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ["TINYHTTP_PROT", "TINYHTTP_PROT has no effect: perhaps TINYHTTP_PORT was meant"],
    ["TINYHTTP_PORT_80_TCP_PROTO", "TINYHTTP_PORT_80_TCP_PROTO has no effect: no option has this name"],
  ])("says that %s has no effect", (variable, warning) => {
    expect(readEnvironment({ [variable]: "x" }, SERVE_OPTIONS).warnings).toEqual([warning]);
  });

  it.each([
    [
      { TINYHTTP_PORT: "tcp://10.0.0.1:80" },
      'Cannot read TINYHTTP_PORT "tcp://10.0.0.1:80": write a whole number from 0 to 65535',
    ],
    [{ TINYHTTP_SPA: "yes" }, 'Cannot read TINYHTTP_SPA "yes": write true or false'],
    [{ TINYHTTP_MODE: "open" }, 'Cannot read TINYHTTP_MODE "open": write one of private, unprivate, public'],
  ])("refuses %j", (env, message) => {
    expect(() => readEnvironment({ ...env }, SERVE_OPTIONS)).toThrow(new UsageError(message));
  });
});
