import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { needs, PROGRAM, Running } from "./program.ts";
import { TemporarySite } from "./site.ts";

const SCRIPT = "/usr/bin/script";
needs(SCRIPT, "bsdutils");
const ENDLESS_APP = `import { writeFileSync } from "node:fs";
  export default () => {
    writeFileSync(new URL("arrived", import.meta.url), "");
    return new Promise(() => {});
  };`;
const CTRL_C = "\u0003";

/** The program on a terminal of its own, and the URL that it shows there. */
async function onTerminal(args: readonly string[], env: Record<string, string> = {}): Promise<[Running, string]> {
  const command = [...PROGRAM, "--port", "0", ...args].map((word) => `'${word}'`).join(" ");
  // script(1) runs it in $SHELL; not every shell gives its place to the last command by itself.
  const running = new Running([SCRIPT, "--quiet", "--return", "--command", `exec ${command}`, "/dev/null"], {
    env: { TERM: "xterm", SHELL: "/bin/sh", ...env },
    interactive: true,
  });
  const [url] = await running.printed(/http:[\w.:/]+/);
  return [running, url];
}

async function ctrlC(running: Running): Promise<number | null> {
  running.type(CTRL_C);
  return (await running.ended).code;
}

describe("on a terminal", () => {
  it("shows what is served, where, and who can reach it, and ends with ctrl-c", async () => {
    using site = new TemporarySite();
    const [running] = await onTerminal([site.root]);
    await running.printed(/Press ctrl-c to stop/);
    expect(running.stdout).toContain(`tinyhttp serves ${site.root}`);
    expect(running.stdout).toMatch(/Local +http:\/\/127\.0\.0\.1:\d+\/\r\n/);
    expect(running.stdout).toContain("private: only this machine can reach it");
    expect(running.stdout).not.toContain("\u001b");
    expect(await ctrlC(running)).toBe(0);
  });

  it("shows a line per request", async () => {
    using site = new TemporarySite({ "tea.txt": "hello" });
    const [running, url] = await onTerminal([site.root]);
    await (await fetch(`${url}tea.txt`)).text();
    await running.printed(/^\d\d:\d\d:\d\d {2}200 {6}5 B +[\d.]+ m?s {2}GET {2}\/tea\.txt\r$/m);
    expect(await ctrlC(running)).toBe(0);
  });

  it("shows no line per request when quiet, and no banner", async () => {
    using site = new TemporarySite();
    const command = [...PROGRAM, "--port", "0", "--quiet", site.root].map((word) => `'${word}'`).join(" ");
    const running = new Running([
      SCRIPT,
      "--quiet",
      "--return",
      "--command",
      `${command} & sleep 1; kill $!; wait $!`,
      "/dev/null",
    ]);
    expect(await running.ended).toMatchObject({ code: 0, stdout: "" });
  });

  it("has colours unless NO_COLOR is set", async () => {
    using site = new TemporarySite();
    const [running] = await onTerminal([site.root], { NO_COLOR: "" });
    await running.printed(/Press ctrl-c/);
    expect(running.stdout).toContain("\u001b[1mtinyhttp\u001b[22m");
    expect(await ctrlC(running)).toBe(0);
  });

  it("says whom it waits for, and ends at once with a second ctrl-c", async () => {
    using site = new TemporarySite({ "app.mjs": ENDLESS_APP });
    const [running, url] = await onTerminal(["--handler", `${site.root}/app.mjs`]);
    const response = fetch(url).catch(() => "broken off");
    await expect.poll(() => existsSync(`${site.root}/arrived`)).toBe(true);
    running.type(CTRL_C);
    await running.printed(/Finishing 1 request; press ctrl-c again to stop at once/);
    expect(await ctrlC(running)).toBe(0);
    expect(await response).toBe("broken off");
  });
});
