import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAM, Running, runProgram, serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

const SCRIPT = "/usr/bin/script";
const SLOW_APP = `import { writeFileSync } from "node:fs";
  import { setTimeout } from "node:timers/promises";
  export default async () => {
    writeFileSync(new URL("arrived", import.meta.url), "");
    await setTimeout(1500);
    return { status: 200, body: "done" };
  };`;

describe("a number without a name", () => {
  it("is the port, before or behind what is served", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    for (const words of [
      [site.root, "0"],
      ["0", site.root],
    ]) {
      const running = new Running([...PROGRAM, ...words]);
      const [url] = await running.printed(/^http:\S+/m);
      expect(await (await fetch(`${url}a.txt`)).text()).toBe("hello");
      await running.stop();
    }
  });

  it("is a directory when there is one of that name", async () => {
    using site = new TemporarySite({ "8080/a.txt": "hello" });
    await using served = await serve(["8080"], { cwd: site.root });
    expect(await (await fetch(`${served.url}a.txt`)).text()).toBe("hello");
  });
});

describe("--for", () => {
  it("ends by itself with 0, after what is under way", async () => {
    using site = new TemporarySite({ "app.mjs": SLOW_APP });
    const served = await serve(["--handler", join(site.root, "app.mjs"), "--for", "1s"]);
    const response = fetch(served.url);
    await expect.poll(() => existsSync(join(site.root, "arrived"))).toBe(true);
    expect(await (await response).text()).toBe("done");
    expect(await served.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it("is refused when it is no time, before anything listens", async () => {
    const { code, stdout, stderr } = await runProgram(["--for", "soon"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      'tinyhttp: Cannot read --for "soon": write a time from 1s to 24d, as in 90s, 30m, 2h or 1h30m\n',
    );
  });
});

describe("--once", () => {
  it("ends with 0 when somebody has the whole file, not before", async () => {
    using site = new TemporarySite({ "report.txt": "hello" });
    const served = await serve([join(site.root, "report.txt"), "--once"]);
    await fetch(served.url, { method: "HEAD" });
    await (await fetch(served.url, { headers: { Range: "bytes=0-1" } })).text();
    await (await fetch(`${served.url}none`)).text();
    expect(await (await fetch(served.url)).text()).toBe("hello");
    expect(await served.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it("is for a file", async () => {
    using site = new TemporarySite();
    const { code, stderr } = await runProgram([site.root, "--once"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `tinyhttp: Cannot serve "${site.root}" once, since it is not one file: name a file, or leave --once out\n`,
    );
  });
});

describe("--qr", () => {
  it("leaves standard output to the URL when there is no terminal", async () => {
    using site = new TemporarySite();
    await using served = await serve([site.root, "--qr"]);
    await served.printed(/^█{29}\n/, "stderr");
    expect(served.stdout).toBe(`${served.url}\n`);
  });

  it("is part of the banner on a terminal, which also says when it ends", async () => {
    using site = new TemporarySite();
    const command = [...PROGRAM, "--port", "0", "--qr", "--for", "1s", site.root].map((word) => `'${word}'`).join(" ");
    const env = { TERM: "xterm", SHELL: "/bin/sh" };
    const running = new Running([SCRIPT, "--quiet", "--return", "--command", `exec ${command}`, "/dev/null"], { env });
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/Until +\d\d:\d\d\r\n/);
    expect(stdout).toContain("only this machine can reach it");
    expect(stdout).toMatch(/ {4}█{29}\r\n {4}██ ▄▄▄▄▄ /);
  });
});
