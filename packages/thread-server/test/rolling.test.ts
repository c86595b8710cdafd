import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createThreadServer, type ThreadEvent, type ThreadServer, type ThreadServerOptions } from "../src/index.ts";
import { canHandOver } from "../src/hand-over.ts";
import { RawClient } from "@tinyhttp/server-contract";
import { Load } from "./load.ts";

const MODULE = new URL("app.ts", import.meta.url);

let server: ThreadServer;

async function start(options: Partial<ThreadServerOptions> = {}) {
  server = createThreadServer({ module: MODULE, threads: 2, ...options });
  return server.listen({ port: 0 });
}

afterEach(() => server.close({ deadlineMs: 0 }));

async function askUntilBothAnswer(): Promise<Map<number, string>> {
  const seen = new Map<number, string>();
  while (seen.size < 2) {
    const client = new RawClient(server.address ?? expect.fail("It does not listen"));
    client.send("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const { thread, threads, loadedAt } = JSON.parse((await client.response()).body.toString());
    expect(threads).toBe(2);
    seen.set(thread, loadedAt);
    client.destroy();
  }
  return seen;
}

describe("threads on one port", () => {
  it("each have a copy of the module and a part of the connections", async () => {
    await start();
    const copies = await askUntilBothAnswer();
    expect(new Set(copies.keys())).toEqual(new Set([0, 1]));
    expect(copies.get(0)).not.toBe(copies.get(1));
    expect(server.threads).toBe(2);
  });

  it("count together", async () => {
    const address = await start();
    const load = new Load({ address, clients: 4, keepAlive: false });
    await expect.poll(() => server.counters?.requests ?? 0).toBeGreaterThan(0);
    await load.stop();
    await server.close();
    expect(server.counters).toMatchObject({
      requests: load.succeeded,
      answering: 0,
      connections: { open: 0, accepted: load.succeeded },
    });
  });
});

describe("reload", () => {
  it.each([
    ["busy connections", { keepAlive: true }],
    // Elsewhere the system resets what waits on a socket that is closed (decisions/006).
    ...(canHandOver() ? [["connections for one request", { keepAlive: false }] as const] : []),
  ] as const)("replaces every thread and fails no request of %s", async (_, { keepAlive }) => {
    const address = await start();
    const before = await askUntilBothAnswer();
    const load = new Load({ address, clients: 8, keepAlive });
    await server.reload();
    await server.reload();
    await load.stop();
    expect(load.failed).toEqual([]);
    expect(load.refused).toBe(0);
    const after = await askUntilBothAnswer();
    for (const thread of [0, 1]) expect(after.get(thread)).not.toBe(before.get(thread));
  });

  it("lets what is under way end", async () => {
    const address = await start({ threads: 1 });
    const client = new RawClient(address);
    client.send("GET /late?300 HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const reloaded = server.reload();
    expect((await client.response()).body.toString()).toBe("late");
    client.destroy();
    await reloaded;
  });

  it("leaves the old threads when the module no longer loads", async () => {
    const data = { failsToLoad: -1 };
    const address = await start({ data });
    data.failsToLoad = 0;
    await expect(server.reload()).rejects.toThrow("it was told not to");
    expect(server.address).toEqual(address);
    expect((await askUntilBothAnswer()).size).toBe(2);
  });

  it("is refused when nothing listens", async () => {
    server = createThreadServer({ module: MODULE });
    await expect(server.reload()).rejects.toMatchObject({ code: "cannot-reload" });
  });
});

describe("close", () => {
  it("fails no request of busy connections, and ends before its deadline", async () => {
    const address = await start();
    const load = new Load({ address, clients: 8, keepAlive: true });
    await expect.poll(() => load.succeeded).toBeGreaterThan(100);
    await server.close();
    await server.stopped;
    await load.stop();
    expect(load.failed).toEqual([]);
  });
});

describe("a site with a log in each thread", () => {
  it("has every request in the log when the server has closed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-threads-"));
    writeFileSync(join(folder, "page.html"), "a page");
    server = createThreadServer({ module: new URL("site.ts", import.meta.url), threads: 2, data: folder });
    const { url } = await server.listen({ port: 0 });
    for (let request = 0; request < 20; request++) {
      const response = await fetch(`${url}/page.html`, { headers: { Connection: "close" } });
      expect(await response.text()).toBe("a page");
    }
    await server.close();
    const lines = readFileSync(join(folder, "log"), "utf8").trimEnd().split("\n");
    expect(lines.length).toBe(20);
    for (const line of lines) expect(line).toMatch(/^[01] \/page\.html 200$/);
    rmSync(folder, { recursive: true });
  });
});

describe("close while the threads start", () => {
  it("leaves none of them behind", async () => {
    const events: ThreadEvent[] = [];
    server = createThreadServer({ module: MODULE, threads: 2, onEvent: (event) => void events.push(event) });
    const listening = server.listen({ port: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([server.close(), expect(listening).rejects.toMatchObject({ code: "cannot-listen" })]);
    expect(events.filter(({ kind }) => kind === "stopped").length).toBe(1);
    expect(server.address).toBe(undefined);
  });
});

describe("a Unix socket", () => {
  it("is served by one thread, which says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-threads-"));
    const events: ThreadEvent[] = [];
    server = createThreadServer({ module: MODULE, threads: 2, onEvent: (event) => void events.push(event) });
    const path = join(folder, "socket");
    const client = new RawClient(await server.listen({ path }));
    client.send("GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(JSON.parse((await client.response()).body.toString()).threads).toBe(1);
    client.destroy();
    expect(server.threads).toBe(1);
    expect(events[0]).toEqual({
      kind: "unshared",
      reason: `Cannot share the Unix socket "${path}" between threads: one thread serves it alone`,
    });
    await expect(server.reload()).rejects.toMatchObject({ code: "cannot-reload" });
    await server.close();
    rmSync(folder, { recursive: true });
  });
});
