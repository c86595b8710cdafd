import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Operator } from "./operator.ts";
import { runProgram } from "./program.ts";

describe("tinyhttp.config.json", () => {
  it("is read from the working directory, under the environment and what is typed", async () => {
    using operator = new Operator();
    writeFileSync(join(operator.home, "site/home.htm"), "home");
    const config = { root: "site", index: ["none.htm"], header: ["X-From: file"], basePath: "/file" };
    writeFileSync(join(operator.home, "tinyhttp.config.json"), JSON.stringify(config));
    await using served = await operator.serve(["--index", "home.htm"], { env: { TINYHTTP_BASE_PATH: "/env" } });
    expect(served.url).toMatch(/\/env\/$/);
    const response = await fetch(served.url);
    expect(await response.text()).toBe("home");
    expect(response.headers.get("x-from")).toBe("file");
  });

  it("has parts for the modes", async () => {
    using operator = new Operator();
    const config = {
      header: ["X-Mode: any"],
      defaultMode: "public",
      public: { header: ["X-Mode: public"], host: "127.0.0.1" },
    };
    writeFileSync(join(operator.home, "own.json"), JSON.stringify(config));
    for (const [args, mode] of [
      [[], "public"],
      [["--mode", "private"], "any"],
    ] as const) {
      await using served = await operator.serve(["--config", "own.json", ...args]);
      expect((await fetch(served.url)).headers.get("x-mode")).toBe(mode);
    }
  });

  it("is refused with the place of the mistake and exit code 2", async () => {
    using operator = new Operator();
    writeFileSync(join(operator.home, "tinyhttp.config.json"), '{\n  "public": { "prot": 80 }\n}\n');
    const result = await runProgram([], { cwd: operator.home, env: operator.env });
    const message =
      'tinyhttp: Cannot use tinyhttp.config.json, line 2, column 15: there is no option "public.prot"; perhaps port was meant\n';
    expect(result).toEqual({ code: 2, signal: null, stdout: "", stderr: message });
  });
});

describe("a file with a secret", () => {
  it("is refused when others can read it", async () => {
    using operator = new Operator();
    const file = join(operator.home, "password");
    writeFileSync(file, "secret");
    chmodSync(file, 0o644);
    const args = ["--mode", "public", "--redis", "redis://127.0.0.1:1", "--redis-password-file", file];
    const { code, stderr } = await runProgram(args, { env: operator.env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/others may access it \(mode 644\); run: chmod 600 /);
  });

  it("stays out of URLs that everybody on the machine can read", async () => {
    const { code, stderr } = await runProgram(["--mode", "public", "--redis", "redis://:secret@127.0.0.1"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--redis-password-file/);
    expect(stderr).not.toContain("secret@");
  });
});

describe("tinyhttp config check", () => {
  it("says where each value comes from, who can reach what, and what that risks", async () => {
    using operator = new Operator();
    writeFileSync(join(operator.home, "tinyhttp.config.json"), '{ "public": { "port": 80 } }');
    const args = ["config", "check", "--mode", "public", "--dotfiles"];
    const { code, stdout, stderr } = await runProgram(args, {
      cwd: operator.home,
      env: { ...operator.env, TINYHTTP_SPA: "1" },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^public mode, with tinyhttp\.config\.json$/m);
    expect(stdout).toMatch(/^ {2}port +80 +tinyhttp\.config\.json:1 \(public\.port\)$/m);
    expect(stdout).toMatch(/^ {2}spa +on +TINYHTTP_SPA$/m);
    expect(stdout).toMatch(/^ {2}dotfiles +on +command line$/m);
    expect(stdout).toMatch(/^ {2}cors +off +default$/m);
    expect(stdout).toMatch(
      /^ {2}Everybody may read and list everything, at every address of this machine, not encrypted; /m,
    );
    expect(stdout).toMatch(/^ {2}Names that begin with a dot are served: .*\(--dotfiles\)$/m);
  });

  it("ends with 1 when a server would not start, as a server does", async () => {
    using operator = new Operator();
    const args = ["--host", "0.0.0.0"];
    const { code, stdout } = await runProgram(["config", "check", "--json", ...args], {
      cwd: operator.home,
      env: operator.env,
    });
    const served = await runProgram(args, { cwd: operator.home, env: operator.env });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      mode: "private",
      refused: served.stderr.slice("tinyhttp: ".length, -1),
    });
  });
});

describe("tinyhttp config schema", () => {
  it("prints what the package carries", async () => {
    const { stdout } = await runProgram(["config", "schema"]);
    const shipped = readFileSync(new URL("../tinyhttp.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(stdout)).toEqual(JSON.parse(shipped));
  });
});
