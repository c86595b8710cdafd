import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bashCompletion } from "../src/completion/bash.ts";
import { fishCompletion } from "../src/completion/fish.ts";
import { completedCommands } from "../src/completion/vocabulary.ts";
import { zshCompletion } from "../src/completion/zsh.ts";
import { needs, run, runProgram } from "./program.ts";
import { TemporarySite } from "./site.ts";

const BASH = "/bin/bash";
needs(BASH, "bash");

/** What bash would offer for a line of which the last word is being typed. */
async function offeredInBash(line: string, cwd: string): Promise<string[]> {
  const script = `${bashCompletion(completedCommands())}
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _tinyhttp
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await run([BASH, "--norc", "-c", script, "bash", ...line.split(" ")], { cwd });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("tinyhttp completion", () => {
  it.each(["bash", "zsh", "fish"])("prints a script for %s", async (shell) => {
    const { code, stdout, stderr } = await runProgram(["completion", shell]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("# tinyhttp in ");
  });

  it("says which shells it knows", async () => {
    expect(await runProgram(["completion", "powershell"])).toMatchObject({
      code: 2,
      stderr: 'tinyhttp: Cannot complete in "powershell": write one of bash, zsh, fish\n',
    });
  });
});

describe("in bash", () => {
  it.each([
    ["tinyhttp --po", ["--port"]],
    ["tinyhttp --no-listi", ["--no-listing"]],
    ["tinyhttp pa", ["parse", "page.html"]],
    ["tinyhttp parse --me", ["--method"]],
    ["tinyhttp parse --po", []],
    ["tinyhttp echo --max-b", ["--max-bytes"]],
    ["tinyhttp --log-format j", ["json"]],
    ["tinyhttp --log-format = c", ["combined"]],
    ["tinyhttp completion ", ["bash", "fish", "zsh"]],
    ["tinyhttp ./site --cor", ["--cors"]],
    // Nothing of ours: bash goes on with file names.
    ["tinyhttp --access-log ", []],
    ["tinyhttp type pa", []],
  ])("%j offers %j", async (line, offered) => {
    using site = new TemporarySite({ "page.html": "" });
    expect((await offeredInBash(line, join(site.root))).toSorted()).toEqual(offered.toSorted());
  });

  it("knows every option of every command", async () => {
    for (const { name, options } of completedCommands()) {
      const offered = await offeredInBash(`tinyhttp ${name} -`, "/");
      expect(offered.toSorted()).toEqual(options.flatMap(({ names }) => names).toSorted());
    }
  });
});

describe.each([
  ["zsh", zshCompletion],
  ["fish", fishCompletion],
])("in %s", (_, scriptOf) => {
  it("knows every command and option", () => {
    const script = scriptOf(completedCommands());
    for (const { name, options } of completedCommands()) {
      expect(script).toContain(name.split(" ").at(-1));
      for (const { names } of options) expect(script).toContain((names[0] ?? "").slice(2));
    }
  });
});
