import { describe, expect, it } from "vitest";
import { readCommandLine } from "./command-line.ts";
import { UsageError } from "./failure.ts";

function read(line: string): ReturnType<typeof readCommandLine> {
  return readCommandLine(line === "" ? [] : line.split(" "));
}

describe("readCommandLine", () => {
  it.each([
    ["", [], {}],
    ["serve", [], {}],
    ["./site", ["./site"], {}],
    ["serve ./site", ["./site"], {}],
    ["serve serve", ["serve"], {}],
    ["--port 8080 ./site", ["./site"], { port: 8080 }],
    ["./site -p 0", ["./site"], { port: 0 }],
    ["--port=8080 serve ./site", ["./site"], { port: 8080 }],
    ["--no-listing --spa", [], { listing: false, spa: true }],
    ["--listing --no-listing", [], { listing: false }],
    ["--index a.html --index b.html", [], { index: ["a.html", "b.html"] }],
    ["--port 1 --port 2", [], { port: 2 }],
    ["--access-log -", [], { "access-log": "-" }],
    ["--log-format json", [], { "log-format": "json" }],
    ["--cache-control=-odd", [], { "cache-control": "-odd" }],
    ["-q -- --odd-name", ["--odd-name"], { quiet: true }],
  ])("reads %j", (line, positionals, given) => {
    expect(read(line)).toEqual({ kind: "run", command: "serve", positionals, given });
  });

  it("reads another command, with options of its own", () => {
    const given = { json: true, method: "HEAD,GET" };
    expect(read("parse --json - --method HEAD,GET")).toEqual({
      kind: "run",
      command: "parse",
      positionals: ["-"],
      given,
    });
    expect(read("parse -h")).toEqual({ kind: "help", command: "parse" });
    expect(() => read("--json")).toThrow(new UsageError("The command serve has no option --json; leave it out"));
    expect(() => read("parse --spa")).toThrow(
      new UsageError("The command parse has no option --spa, which is for tinyhttp serve; leave it out"),
    );
    expect(() => read("--max-bytes 5")).toThrow(
      new UsageError("The command serve has no option --max-bytes, which is for tinyhttp echo; leave it out"),
    );
  });

  it.each([
    ["--help", undefined],
    ["-h", undefined],
    ["./site -h", undefined],
    ["--help --nonsense", undefined],
    ["serve --help", "serve"],
  ])("helps for %j", (line, command) => {
    expect(read(line)).toEqual({ kind: "help", command });
  });

  it.each([["--version"], ["-v"]])("gives the version for %j", (line) => {
    expect(read(line)).toEqual({ kind: "version" });
  });

  it.each([
    ["--prot 80", 'There is no option "--prot": perhaps --port was meant'],
    ["--no-lsting", 'There is no option "--no-lsting": perhaps --no-listing was meant'],
    ["--no-port", 'There is no option "--no-port": to go without it, leave --port out'],
    ["--zzzzzz", 'There is no option "--zzzzzz": tinyhttp serve --help lists all options'],
    ["-z", 'There is no option "-z": tinyhttp serve --help lists all options'],
    ["--port", "Cannot read --port: it needs a value, as in --port <number>"],
    ["--port --spa", "Cannot read --port: it needs a value, as in --port <number>"],
    ["--port=", "Cannot read --port: it needs a value, as in --port <number>"],
    ["--port 80a", 'Cannot read --port "80a": write a whole number from 0 to 65535'],
    ["--port 65536", 'Cannot read --port "65536": write a whole number from 0 to 65535'],
    ["--spa=yes", 'Cannot read "--spa=yes": --spa takes no value'],
    ["--log-format xml", 'Cannot read --log-format "xml": write one of pretty, combined, json'],
    [
      "my web site",
      'Cannot tell what "site" is for: write tinyhttp serve [root] [port], with quotes around a name that has spaces',
    ],
  ])("refuses %j", (line, message) => {
    expect(() => read(line)).toThrow(new UsageError(message));
  });

  it("knows no option by a name that every object has", () => {
    expect(() => readCommandLine(["--constructor"])).toThrow(UsageError);
    expect(() => readCommandLine(["--__proto__", "x"])).toThrow(UsageError);
    expect(readCommandLine(["toString"])).toMatchObject({ kind: "run", positionals: ["toString"] });
  });
});
