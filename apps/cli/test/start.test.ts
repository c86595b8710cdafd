import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { needs, PROGRAM, Running, serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

const PYTHON = "/usr/bin/python3";
needs(PYTHON, "python3");

// Opens a socket and becomes the program, as systemd does for a .socket unit.
const ACTIVATE = `import os, socket, sys
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
listening.listen()
os.dup2(listening.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS=sys.argv[1], LISTEN_PID=str(os.getpid()))
print(listening.getsockname()[1], flush=True)
os.execv(sys.argv[2], sys.argv[2:])`;

// What a start must not pay for: each of these takes from 1 ms to as long as a bare Node.
const LOADED_ON_DEMAND = [
  "crypto",
  "zlib",
  "worker_threads",
  "internal/fs/promises",
  "internal/fs/streams",
  "internal/deps/undici/undici",
];
const TELL_WHAT_WAS_LOADED = `process.on("exit", () => process._rawDebug(process.moduleLoadList.join("\\n")));`;

describe("a start", () => {
  it("loads no part of Node that only some request, or no request, needs", async () => {
    using site = new TemporarySite();
    const hook = join(site.directory, "hook.cjs");
    writeFileSync(hook, TELL_WHAT_WAS_LOADED);
    const [node = "", ...words] = PROGRAM;
    const running = new Running([node, "--require", hook, ...words, site.root, "--port", "0"]);
    await running.printed(/^http:/);
    const loaded = (await running.stop()).stderr.split("\n").map((line) => line.replace("NativeModule ", ""));
    expect(loaded).toContain("net");
    expect(loaded.filter((name) => LOADED_ON_DEMAND.includes(name))).toEqual([]);
  });
});

describe("an inherited socket", () => {
  it("is used when nothing else is asked for", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const running = new Running([PYTHON, "-c", ACTIVATE, "1", ...PROGRAM, site.root]);
    const [, port] = await running.printed(/^(\d+)\nhttp:/);
    expect(await (await fetch(`http://127.0.0.1:${port}/a.txt`)).text()).toBe("hello");
    expect(await running.stop()).toMatchObject({ code: 0, stdout: `${port}\nhttp://127.0.0.1:${port}/\n`, stderr: "" });
  });

  it("is refused when there are several", async () => {
    using site = new TemporarySite();
    const { code, stderr } = await new Running([PYTHON, "-c", ACTIVATE, "2", ...PROGRAM, site.root]).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^tinyhttp: [^\n]*LISTEN_FDS is "2", wanted "1"; hand over one listening socket, or none\n$/,
    );
  });

  it("is not taken from another process's variables", async () => {
    using site = new TemporarySite();
    await using served = await serve([site.root], { env: { LISTEN_FDS: "1", LISTEN_PID: "1" } });
    expect((await fetch(served.url)).status).toBe(200);
  });
});

describe("--open", () => {
  it("hands the URL to the desktop's program as one argument, without a shell", async () => {
    using site = new TemporarySite();
    const bin = join(site.directory, "bin");
    const opened = join(site.directory, "opened");
    mkdirSync(bin);
    site.write("../bin/xdg-open", `#!/bin/sh\nprintf '%s|' "$@" > ${opened}.part && mv ${opened}.part ${opened}\n`);
    chmodSync(join(bin, "xdg-open"), 0o755);
    const options = { env: { PATH: `${bin}:/usr/bin:/bin` } };
    await using served = await serve([site.root, "--open", "--base-path", "/a&b"], options);
    await expect.poll(() => existsSync(opened)).toBe(true);
    expect(readFileSync(opened, "utf8")).toBe(`${served.url}|`);
    expect(served.url).toMatch(/\/a&b\/$/);
  });

  it("goes on serving where there is no such program", async () => {
    using site = new TemporarySite();
    await using served = await serve([site.root, "--open"], { env: { PATH: site.directory } });
    const [said] = await served.printed(/^.*\n/, "stderr");
    expect(said).toBe(`tinyhttp: Cannot open a browser: xdg-open does not start; open ${served.url} by hand\n`);
    expect((await fetch(served.url)).status).toBe(200);
  });
});

describe("standard streams that are closed", () => {
  it("do not keep it from serving", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const log = join(site.directory, "access.log");
    const words = [...PROGRAM, site.root, "--port", "0", "--access-log", log].map((word) => `'${word}'`).join(" ");
    const running = new Running(["sh", "-c", `exec ${words} >&- 2>&-`]);
    await expect.poll(() => existsSync(log), { timeout: 10_000 }).toBe(true);
    expect((await running.stop()).code).toBe(0);
  });
});
