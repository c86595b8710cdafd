import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PROGRAM, run, runProgram } from "./program.ts";
import { COMMANDS, type CommandName } from "../src/commands.ts";
import { helpText } from "../src/help.ts";
import { optionEntries } from "../src/options.ts";

const directory = mkdtempSync(join(tmpdir(), "tinyhttp-cli-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

/** One sentence on standard error, nothing on standard output. */
async function expectFailure(args: string[], code: number, sentence: string | RegExp): Promise<void> {
  const result = await runProgram(args, { cwd: directory });
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toMatch(/^tinyhttp: [^\n]+\n$/);
  expect(result.stderr.slice("tinyhttp: ".length, -1)).toMatch(sentence);
}

describe("wrong usage ends with 2", () => {
  it.each([
    [["--prot", "80"], 'There is no option "--prot": perhaps --port was meant'],
    [["--port", "x"], 'Cannot read --port "x": write a whole number from 0 to 65535'],
    [["a", "b"], 'Cannot tell what "b" is for'],
    [["--quiet", "--debug"], "Cannot be --quiet and --debug at once: leave one of them out"],
    [["--header", "no colon"], 'Cannot read --header "no colon": write it as "Name: value"'],
    [["--header", "X: a\nb"], 'Cannot read --header "X: a\\nb"'],
    [["--header", "Content-Length: 5"], '"Content-Length"'],
    [["--cache-control", "a\u0007"], 'Cannot read --cache-control "a\\u0007"'],
    [["--base-path", "docs"], 'Cannot use "docs" as base path: expected a path'],
    [["--index", "a/b"], 'Cannot use "a/b" as an index'],
    [["--handler", "app.js", "."], 'Cannot serve "." and --handler at once: leave one of them out'],
    [["--handler", "app.js", "--spa"], "--spa has no effect on --handler"],
  ])("%j", (args, sentence) => expectFailure(args, 2, sentence));
});

describe("what cannot run ends with 1", () => {
  it("for a root that does not exist", () =>
    expectFailure(
      ["./nowhere"],
      1,
      'Cannot serve "./nowhere": no such directory or file; name a directory that exists',
    ));

  it("for the name of a command that was mistyped", () =>
    expectFailure(
      ["prase"],
      1,
      'Cannot serve "prase": no such directory or file; perhaps tinyhttp parse was meant, else name a directory that exists and may be read',
    ));

  it("for a port that is said twice", () =>
    expectFailure(
      ["8080", "--port", "8081"],
      2,
      "Cannot listen on port 8080 and --port 8081 at once: leave one of them out",
    ));

  it("for a root that is neither a directory nor a file", () =>
    expectFailure(["/dev/null"], 1, 'Cannot serve "/dev/null": it is neither a directory nor a regular file'));

  it("for a log that cannot be opened", () =>
    expectFailure(
      [".", "--access-log", "none/access.log"],
      1,
      'Cannot open the log "none/access.log": there is no such file or directory; name a file that may be written, in a directory that exists',
    ));

  it("for a handler that does not exist", () =>
    expectFailure(
      ["--handler", "./none.js"],
      1,
      'Cannot load "./none.js": there is no such file or directory; give --handler the path',
    ));

  it("for a handler that does not load", async () => {
    file("broken.mjs", "export default (request) => {");
    await expectFailure(["--handler", "broken.mjs"], 1, 'Cannot load "broken.mjs": ');
  });

  it("for a handler that does not load, with the place in it when that is asked for", async () => {
    const path = file("wrong.mjs", "\n\nthrow new TypeError('no')");
    const { code, stderr } = await runProgram(["--handler", "wrong.mjs", "--debug"], { cwd: directory });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^tinyhttp: Cannot load "wrong.mjs": no; --debug shows where\nTypeError: no\n/);
    expect(stderr).toContain(`${path}:3:7`);
  });

  it("for a handler that throws while it is loaded", async () => {
    file("throws.mjs", "throw new Error('no database')");
    await expectFailure(["--handler", "throws.mjs"], 1, 'Cannot load "throws.mjs": no database');
  });

  it("for a module that exports no handler", async () => {
    file("empty.mjs", "export const answer = 42");
    await expectFailure(["--handler", "empty.mjs"], 1, 'Cannot serve "empty.mjs": ');
  });

  it("for a port in use that was asked for", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    await expectFailure([".", "--port", port], 1, `another program uses port ${port}; choose another --port`);
    taken.close();
  });

  it("for an address that this machine does not have", () =>
    expectFailure(
      [".", "--port", "0", "--mode", "public", "--host", "192.0.2.1"],
      1,
      "this machine has no address 192.0.2.1",
    ));

  it("for a host name without an address", () =>
    expectFailure(
      [".", "--port", "0", "--mode", "public", "--host", "nowhere.invalid"],
      1,
      'the name "nowhere.invalid" has no address',
    ));
});

describe("--help and --version", () => {
  it("print on standard output and end with 0", async () => {
    const help = await runProgram(["serve", "--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("tinyhttp [serve] [root] [port] [options]");
    expect(help.stdout).toMatch(/^ {2}-p, --port <number> /m);
    expect(help.stdout).toMatch(/^ {6}--no-compress /m);
    expect(help.stdout).toMatch(/^Examples:$/m);
    expect(Math.max(...help.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    const version = await runProgram(["--version"]);
    expect(version).toMatchObject({ code: 0, stderr: "" });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("begin with what people want to do, and fit on a screen", async () => {
    const { code, stdout, stderr } = await runProgram(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^tinyhttp \.\/dist --spa --open +a built web app/m);
    expect(stdout).toMatch(/^ {2}tinyhttp parse \[file\] {2,}Show what/m);
    expect(stdout).toMatch(/^ {6}--watch +/m);
    expect(stdout).not.toContain("--follow-symlinks");
    expect(stdout).toContain("tinyhttp serve --help lists every option");
    const lines = stdout.split("\n");
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("say what every option does", async () => {
    const names = Object.keys(COMMANDS) as CommandName[];
    const pages = await Promise.all(names.map((name) => helpText(name, 100)));
    const text = pages.join("").replace(/\s+/g, " ");
    for (const [name, { default: fallback, description, isPositional }] of optionEntries()) {
      if (isPositional !== true) expect(text).toContain(fallback === true ? ` --no-${name} ` : ` --${name} `);
      expect(text).toContain(description.slice(1));
    }
  });

  it("are in English whatever the environment's language", async () => {
    const help = await runProgram(["--help"], { env: { LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8" } });
    expect(help).toEqual(await runProgram(["--help"]));
  });

  it("do not mind a reader that goes away", async () => {
    const result = await run(["sh", "-c", '"$@" --help | head -n 1', "sh", ...PROGRAM]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toBe("tinyhttp [serve] [root] [port] [options]\n");
  });
});
