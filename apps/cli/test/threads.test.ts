import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram, serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

const THREADS = ["--threads", "2"];

/** Enough connections that both threads get some: all of 16 go to one of them once in 32,768 runs. */
async function fetchOften(url: string): Promise<Set<string>> {
  const answers = await Promise.all(
    Array.from({ length: 16 }, async () => (await fetch(url, { headers: { connection: "close" } })).text()),
  );
  return new Set(answers);
}

describe("--threads", () => {
  it("serves a directory on all threads, logs every request and ends with 0", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const log = join(site.directory, "access.log");
    const served = await serve([site.root, ...THREADS, "--access-log", log]);
    expect(await fetchOften(`${served.url}a.txt`)).toEqual(new Set(["hello"]));
    expect(await served.stop()).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect(readFileSync(log, "utf8").trim().split("\n")).toHaveLength(16);
  });

  it("opens the log again on every thread at SIGHUP", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const log = join(site.directory, "access.log");
    const served = await serve([site.root, ...THREADS, "--access-log", log]);
    await fetchOften(`${served.url}a.txt`);
    await expect.poll(() => linesOf(log)).toBe(16);
    renameSync(log, `${log}.1`);
    served.signal("SIGHUP");
    await expect.poll(() => existsSync(log)).toBe(true);
    await fetchOften(`${served.url}a.txt`);
    await served.stop();
    expect(linesOf(log) + linesOf(`${log}.1`)).toBe(32);
    expect(linesOf(log)).toBeGreaterThan(0);
  });

  it("loads a module once per thread", async () => {
    using site = new TemporarySite({
      "app.mjs": `import { threadId } from "node:worker_threads";
        export default { fetch: () => new Response(String(threadId)) };`,
    });
    await using served = await serve(["--handler", join(site.root, "app.mjs"), ...THREADS]);
    expect((await fetchOften(served.url)).size).toBe(2);
  });

  it("loads a module again at SIGHUP, and fails no request meanwhile", async () => {
    using site = new TemporarySite({ "app.mjs": `export default () => ({ status: 200, body: "old" });` });
    await using served = await serve(["--handler", join(site.root, "app.mjs"), ...THREADS]);
    site.write("app.mjs", `export default () => ({ status: 200, body: "new" });`);
    served.signal("SIGHUP");
    let answers = new Set<string>();
    while (!answers.has("new") || answers.has("old")) answers = await fetchOften(served.url);
    await served.printed(/Loaded again by 2 threads/, "stderr");
  });

  it("serves on at SIGHUP when the module no longer loads", async () => {
    using site = new TemporarySite({ "app.mjs": `export default () => ({ status: 200, body: "old" });` });
    await using served = await serve(["--handler", join(site.root, "app.mjs"), ...THREADS]);
    site.write("app.mjs", `throw new Error("no database");`);
    served.signal("SIGHUP");
    await served.printed(/Cannot load .*: no database.*\n.*The threads from before serve on/, "stderr");
    expect(await fetchOften(served.url)).toEqual(new Set(["old"]));
  });

  it("replaces a thread that crashes, and says why", async () => {
    using site = new TemporarySite({
      "app.mjs": `export default ({ path }) => {
        if (path === "/crash") setImmediate(() => { throw new Error("no more tea"); });
        return { status: 200, body: "hello" };
      };`,
    });
    await using served = await serve(["--handler", join(site.root, "app.mjs"), ...THREADS]);
    await fetch(`${served.url}crash`).catch(() => {});
    await served.printed(/Thread [01] crashed, and is replaced: no more tea/, "stderr");
    await expect.poll(() => fetchOften(served.url).catch(() => undefined)).toEqual(new Set(["hello"]));
  });

  it("lets a request that is under way finish when it is told to end", async () => {
    using site = new TemporarySite({
      "app.mjs": `import { existsSync, writeFileSync } from "node:fs";
        import { setTimeout } from "node:timers/promises";
        export default async () => {
          writeFileSync(new URL("arrived", import.meta.url), "");
          while (!existsSync(new URL("go", import.meta.url))) await setTimeout(10);
          return { status: 200, body: "done" };
        };`,
    });
    const served = await serve(["--handler", join(site.root, "app.mjs"), ...THREADS]);
    const response = fetch(served.url);
    await expect.poll(() => existsSync(join(site.root, "arrived"))).toBe(true);
    served.signal("SIGTERM");
    site.write("go", "");
    expect(await (await response).text()).toBe("done");
    expect(await served.ended).toMatchObject({ code: 0, signal: null });
  });
});

describe("--threads that cannot start", () => {
  it("says what one thread says of a root that does not exist", async () => {
    const result = await runProgram(["/none", ...THREADS]);
    expect(result).toEqual({ ...(await runProgram(["/none"])), code: 1, stdout: "" });
  });

  it("says what one thread says of a log that cannot be opened", async () => {
    using site = new TemporarySite();
    const args = [site.root, "--port", "0", "--access-log", "/none/log"];
    expect(await runProgram([...args, ...THREADS])).toEqual({ ...(await runProgram(args)), code: 1, stdout: "" });
  });

  it("says what one thread says of a module that fails", async () => {
    using site = new TemporarySite({ "app.mjs": `throw new Error("no database");` });
    const args = ["--handler", join(site.root, "app.mjs"), "--port", "0"];
    expect(await runProgram([...args, ...THREADS])).toEqual({ ...(await runProgram(args)), code: 1, stdout: "" });
  });

  it("says what one thread says of a port in use", async () => {
    using site = new TemporarySite();
    await using served = await serve([site.root]);
    const args = [site.root, "--port", new URL(served.url).port];
    expect(await runProgram([...args, ...THREADS])).toEqual({ ...(await runProgram(args)), code: 1, stdout: "" });
  });

  it("refuses what is no number of threads with exit code 2", async () => {
    const result = await runProgram(["--threads", "none"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toBe('tinyhttp: Cannot read --threads "none": write a whole number from 1 to 256, or auto\n');
  });
});

function linesOf(file: string): number {
  return readFileSync(file, "utf8").split("\n").length - 1;
}
