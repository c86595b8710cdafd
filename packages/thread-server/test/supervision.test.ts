import { afterEach, describe, expect, it } from "vitest";
import { createThreadServer, type ThreadEvent, type ThreadServer, type ThreadServerOptions } from "../src/index.ts";
import { RawClient } from "@tinyhttp/server-contract";
import { Load } from "./load.ts";

const MODULE = new URL("app.ts", import.meta.url);

const LIMITS: Readonly<Record<string, Partial<ThreadServerOptions>>> = {
  "/memory": { resourceLimits: { maxOldGenerationSizeMb: 48 } },
  "/hang": { heartbeatTimeoutMs: 1000 },
};

let server: ThreadServer;
let events: ThreadEvent[] = [];

function create(options: Partial<ThreadServerOptions>): void {
  events = [];
  server = createThreadServer({ module: MODULE, threads: 2, onEvent: (event) => void events.push(event), ...options });
}

async function start(options: Partial<ThreadServerOptions> = {}) {
  create({ restartDelayMs: 20, ...options });
  return server.listen({ port: 0 });
}

afterEach(() => server.close({ deadlineMs: 0 }));

function ask(client: RawClient, path: string): Promise<{ body: Buffer }> {
  client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  return client.response();
}

function crashes(): (ThreadEvent & { kind: "crashed" })[] {
  return events.filter((event) => event.kind === "crashed");
}

function listening(): number {
  return events.filter(({ kind }) => kind === "listening").length;
}

describe("a thread that", () => {
  it.each([
    ["/exit", { code: "exited", message: "The thread ended with exit code 7" }],
    ["/throw", { message: "thrown outside a request" }],
    ["/reject", { message: "rejected outside a request" }],
    ["/memory", { code: "ERR_WORKER_OUT_OF_MEMORY" }],
    ["/hang", { code: "hung", message: "The thread's event loop stood still for 1000 ms" }],
  ])("comes to %s takes only its own connections along, and is replaced", async (path, error) => {
    const address = await start(LIMITS[path]);
    const load = new Load({ address, clients: 8, keepAlive: true, path: "/who" });
    const client = new RawClient(address);
    const { thread } = JSON.parse((await ask(client, "/who")).body.toString());
    client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await client.rest();
    client.destroy();
    await expect.poll(listening, { timeout: 10_000 }).toBe(3);
    await load.stop();
    expect(crashes()).toEqual([
      { kind: "crashed", thread, error: expect.objectContaining(error), restartInMs: expect.any(Number) },
    ]);
    // A connection that failed had been answered by the thread that crashed, or waited for its first answer.
    const servedBy = load.failed.map(({ lastBody }) => (lastBody === "" ? thread : JSON.parse(lastBody).thread));
    expect(new Set(servedBy)).toEqual(new Set(servedBy.length === 0 ? [] : [thread]));
    expect(load.succeeded).toBeGreaterThan(0);
  });
});

describe("threads that crash again and again", () => {
  it("stop the server with the last crash as the reason", async () => {
    await start({ data: { crashesSoon: true }, maxCrashes: 4, restartDelayMs: 5 });
    await expect(server.stopped).rejects.toMatchObject({
      code: "crash-loop",
      message: "Cannot keep serving: threads crashed 4 times within 60 s",
      cause: { message: "crashed soon" },
    });
    expect(server.address).toBe(undefined);
    expect(crashes().map(({ restartInMs }) => restartInMs !== undefined)).toEqual([true, true, true, false]);
  });
});

describe("listen", () => {
  it.each([0, 1])("passes on what the module throws in thread %i, and leaves nothing running", async (thread) => {
    create({ data: { failsToLoad: thread } });
    await expect(server.listen({ port: 0 })).rejects.toThrow("Cannot make the app: it was told not to");
    expect(crashes()).toEqual([]);
    expect(server.address).toBe(undefined);
  });

  it("passes on that there is no such module", async () => {
    create({ module: new URL("absent.ts", import.meta.url) });
    await expect(server.listen({ port: 0 })).rejects.toMatchObject({ code: "ERR_MODULE_NOT_FOUND" });
  });

  it("refuses a port on which another server of threads listens", async () => {
    const address = await start();
    const other = createThreadServer({ module: MODULE, threads: 2 });
    const port = address.kind === "tcp" ? address.port : 0;
    await expect(other.listen({ port })).rejects.toMatchObject({
      name: "ListenError",
      message: `Cannot listen on 127.0.0.1:${port}: another program listens there (EADDRINUSE)`,
    });
  });

  it("gives up on a module that does not come to an end", async () => {
    create({ module: new URL("endless-module.ts", import.meta.url), startTimeoutMs: 200 });
    await expect(server.listen({ port: 0 })).rejects.toMatchObject({
      code: "start-timeout",
      message: "The thread did not listen within 200 ms",
    });
  });

  it("refuses a descriptor", async () => {
    create({});
    await expect(server.listen({ fd: 3 } as never)).rejects.toMatchObject({ code: "cannot-listen" });
  });
});
