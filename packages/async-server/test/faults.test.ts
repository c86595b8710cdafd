/** What happens to a server when clients, handlers and the system misbehave. */
import { once } from "node:events";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Handler, HttpRequest } from "@tinyhttp/handler";
import type { ListenAddress } from "@tinyhttp/listener";
import { afterEach, describe, expect, it } from "vitest";
import {
  type AsyncServer,
  type AsyncServerOptions,
  type ConnectionEvent,
  createAsyncServer,
  type Exchange,
} from "../src/index.ts";
import { contractHandler, pattern, RawClient } from "@tinyhttp/server-contract";

const GET_HELLO = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

let cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps = [];
});

interface Running {
  readonly server: AsyncServer;
  readonly dial: () => RawClient;
  readonly events: ConnectionEvent[];
  readonly errors: unknown[];
}

async function run(
  options: AsyncServerOptions = {},
  handler: Handler = contractHandler,
  at: ListenAddress = { port: 0 },
): Promise<Running> {
  const events: ConnectionEvent[] = [];
  const errors: unknown[] = [];
  const server = createAsyncServer(handler, {
    onConnection: (event) => events.push(event),
    onError: (error) => errors.push(error),
    ...options,
  });
  const address = await server.listen(at);
  cleanUps.push(() => server.close({ deadlineMs: 0 }));
  const dial = (): RawClient => {
    const client = new RawClient(address);
    cleanUps.push(() => client.destroy());
    return client;
  };
  return { server, dial, events, errors };
}

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** 120 bytes in half a second. */
async function* drip(): AsyncGenerator<Uint8Array> {
  for (let count = 0; count < 12; count++) {
    await sleep(40);
    yield pattern(10);
  }
}

describe("a slow client", () => {
  it("that says nothing is let go after the time to the first byte", async () => {
    const { dial, events } = await run({ firstByteTimeoutMs: 50 });
    expect(await dial().rest()).toBe("");
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "first-byte" }));
  });

  it("whose head trickles in gets 408 when its time is up, however busy it is (RFC 9110 §15.5.9)", async () => {
    const { dial, events } = await run({ headTimeoutMs: 100, lingerTimeoutMs: 100 });
    const client = dial();
    const dripping = setInterval(() => client.send("X"), 10);
    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nX: ");
    const { status, fields } = await client.response();
    expect({ status, connection: fields["connection"] }).toEqual({ status: 408, connection: "close" });
    await client.rest();
    clearInterval(dripping);
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "head" }));
  });

  it("whose content stops gets 408", async () => {
    const { dial } = await run({ bodyIdleTimeoutMs: 80 });
    const client = dial();
    client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    expect((await client.response()).status).toBe(408);
    expect(await client.rest()).toBe("");
  });

  it("whose content comes too slowly gets 408, though it never stops", async () => {
    const { dial } = await run({ minRateGraceMs: 150, minBytesPerSecond: 1000 });
    const client = dial();
    const dripping = setInterval(() => client.send("x"), 10);
    client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    expect((await client.response()).status).toBe(408);
    clearInterval(dripping);
  });

  it("is not slow while it is the handler that takes its time", async () => {
    const { dial } = await run(
      { bodyIdleTimeoutMs: 50, minRateGraceMs: 50, minBytesPerSecond: 1e6 },
      async (request) => {
        await sleep(250);
        return { status: 200, body: await request.body.text() };
      },
    );
    const client = dial();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    expect((await client.response()).body.toString()).toBe("abc");
  });

  it("that expects 100 (Continue), gets it and then sends nothing gets 408", async () => {
    const { dial } = await run({ bodyIdleTimeoutMs: 80 });
    const client = dial();
    client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    expect((await client.response()).status).toBe(100);
    expect((await client.response()).status).toBe(408);
    expect(await client.rest()).toBe("");
  });

  it("that sends what nobody wants too slowly is let go", async () => {
    const { dial } = await run({ minRateGraceMs: 100, minBytesPerSecond: 1000 });
    const client = dial();
    client.send("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    expect((await client.response()).status).toBe(200);
    const dripping = setInterval(() => client.send("x"), 10);
    expect(await client.rest()).toBe("");
    clearInterval(dripping);
  });

  it("is not idle while it takes a response", async () => {
    const { dial } = await run({ keepAliveTimeoutMs: 50 });
    const client = dial();
    client.send(get("/bytes?20000000"));
    await once(client.socket, "data");
    client.socket.pause();
    await sleep(300);
    client.socket.resume();
    const { complete, body } = await client.response();
    expect({ complete, bytes: body.length }).toEqual({ complete: true, bytes: 20_000_000 });
  });

  it("that idles between requests is let go", async () => {
    const { dial, server } = await run({ keepAliveTimeoutMs: 50 });
    const client = dial();
    client.send(GET_HELLO);
    await client.response();
    expect(await client.rest()).toBe("");
    expect(server.counters.timedOut).toBe(0);
  });

  it.each(["/endless-iterable", "/slice?200000000", "/bytes?50000000"])(
    "that takes nothing of %s any more is reset, and little was made for it",
    async (path) => {
      let exchange: Partial<Exchange> | undefined;
      const { dial, events } = await run({
        writeTimeoutMs: 100,
        onExchange: ({ bytesSent, complete }) => (exchange = { bytesSent, complete }),
      });
      const client = dial();
      client.send(get(path));
      await once(client.socket, "data");
      client.socket.pause();
      await expect.poll(() => events.map((event) => event.kind), { timeout: 3000 }).toContain("closed");
      expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "write" }));
      // Beyond what two sockets of the system hold (some MiB) nothing is produced; /bytes was there from the start.
      if (path.startsWith("/bytes")) expect(exchange).toMatchObject({ complete: true });
      else expect(exchange?.bytesSent).toBeLessThan(20_000_000);
    },
  );

  it("that takes a response below the least rate is reset", async () => {
    const { dial, events } = await run({ writeTimeoutMs: 60_000, minRateGraceMs: 100, minBytesPerSecond: 1e9 });
    const client = dial();
    client.send(get("/slice?200000000"));
    await once(client.socket, "data");
    client.socket.pause();
    await expect.poll(() => events.map((event) => event.kind), { timeout: 3000 }).toContain("closed");
  });

  it("gets the whole of a response that it takes slowly", async () => {
    const { dial } = await run({ writeTimeoutMs: 300 });
    const client = dial();
    client.send("GET /slice?12000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const slowing = setInterval(() => {
      client.socket.pause();
      setTimeout(() => client.socket.resume(), 20);
    }, 30);
    const { complete, body } = await client.response();
    clearInterval(slowing);
    expect(complete).toBe(true);
    expect(body.equals(pattern(12_000_000))).toBe(true);
  });

  it("costs the others nothing", async () => {
    const { dial } = await run();
    const slow = Array.from({ length: 100 }, () => {
      const client = dial();
      client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nX: ");
      return client;
    });
    await sleep(50);
    const quick = dial();
    for (let count = 0; count < 50; count++) {
      quick.send(GET_HELLO);
      expect((await quick.response()).status).toBe(200);
    }
    for (const client of slow) client.send("y\r\n\r\n0123456789");
    for (const client of slow) expect((await client.response()).status).toBe(200);
  });
});

describe("a client that vanishes", () => {
  it("in the middle of its content fails the handler's read, quietly", async () => {
    const failures: unknown[] = [];
    const { dial, errors, server } = await run({}, async (request) => {
      await request.body.bytes().catch((error: unknown) => {
        failures.push(error);
        throw error;
      });
      return { status: 200 };
    });
    const client = dial();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    await expect.poll(() => server.counters.answering).toBe(1);
    client.socket.resetAndDestroy();
    await expect.poll(() => failures).toHaveLength(1);
    await expect.poll(() => server.counters).toMatchObject({ answering: 0, connections: { open: 0 } });
    expect(errors).toEqual([]);
  });

  it("does no harm to a handler that has not looked at its read yet", async () => {
    let unhandled = 0;
    const count = (): void => void unhandled++;
    process.on("unhandledRejection", count);
    cleanUps.push(() => process.off("unhandledRejection", count));
    const { dial, server } = await run({}, async ({ body }) => {
      const read = body.json();
      await sleep(100);
      await read;
      return { status: 200 };
    });
    const client = dial();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    await expect.poll(() => server.counters.answering).toBe(1);
    client.socket.resetAndDestroy();
    await expect.poll(() => server.counters.answering).toBe(0);
    expect(unhandled).toBe(0);
  });

  it("by ending its side, while the response stands still, is noticed in time", async () => {
    const { dial, server, events } = await run({ halfClosedTimeoutMs: 60 });
    const client = dial();
    client.send(get("/endless-readable"));
    await once(client.socket, "data");
    client.endInput();
    await expect.poll(() => server.counters.connections.open).toBe(0);
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "response" }));
  });

  it("is not one that ends its side and takes a long response", async () => {
    const { dial } = await run({ halfClosedTimeoutMs: 200 }, () => ({ status: 200, body: drip() }));
    const client = dial();
    client.send(get("/"));
    client.endInput();
    const { complete, body } = await client.response();
    expect({ complete, bytes: body.length }).toEqual({ complete: true, bytes: 120 });
  });

  it("aborts the request's signal, and its exchange is reported as incomplete", async () => {
    let aborted = false;
    const exchanges: Partial<Exchange>[] = [];
    const { dial, server } = await run(
      { onExchange: ({ status, complete, responseHead }) => exchanges.push({ status, complete, responseHead }) },
      (request) =>
        new Promise((resolve) => {
          request.signal.addEventListener("abort", () => {
            aborted = true;
            resolve({ status: 200 });
          });
        }),
    );
    const client = dial();
    client.send(get("/"));
    await expect.poll(() => server.counters.answering).toBe(1);
    client.socket.resetAndDestroy();
    await expect.poll(() => aborted).toBe(true);
    await expect.poll(() => server.counters.answering).toBe(0);
    expect(exchanges).toEqual([{ status: 0, complete: false, responseHead: "" }]);
  });

  it("before a file was opened for it leaves no file open", async () => {
    let closed = 0;
    const { dial, server } = await run({}, async () => {
      await sleep(100);
      return { status: 200, body: { length: 5, read: () => Promise.resolve(5), close: () => closed++ } };
    });
    const client = dial();
    client.send(get("/"));
    await expect.poll(() => server.counters.answering).toBe(1);
    client.socket.resetAndDestroy();
    await expect.poll(() => closed).toBe(1);
  });
});

describe("a malicious client", () => {
  it("that sends a bad request among good ones gets nothing after it executed", async () => {
    const executed: string[] = [];
    const { dial } = await run({}, (request) => {
      executed.push(request.target);
      return { status: 200 };
    });
    const client = dial();
    client.send(get("/1") + "GET /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n" + get("/3"));
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(400);
    client.send(get("/4"));
    expect(await client.rest()).toBe("");
    expect(executed).toEqual(["/1"]);
  });

  it("reads why it was refused, also while it goes on sending", async () => {
    const { dial } = await run({ maxBodyBytes: 1000 });
    const client = dial();
    client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n");
    client.send(pattern(5_000_000));
    expect((await client.response()).status).toBe(413);
    expect(await client.rest()).toBe("");
    client.endInput();
    await client.closed();
  });

  it("that never stops sending after the last response is cut off", async () => {
    const { dial, events } = await run({ lingerTimeoutMs: 30 });
    const client = dial();
    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect((await client.response()).status).toBe(200);
    const sending = setInterval(() => client.send("x"), 5);
    await client.closed();
    clearInterval(sending);
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "close" }));
  });

  it("that sends a million tiny chunks is read to the end in bounded time", async () => {
    const { dial } = await run();
    const client = dial();
    client.send("POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const chunks = Buffer.from("1\r\nx\r\n".repeat(100_000));
    for (let count = 0; count < 10; count++) client.send(chunks);
    client.send("0\r\n\r\n");
    const { status, body } = await client.response();
    expect({ status, bytes: JSON.parse(body.toString()).bytes }).toEqual({ status: 200, bytes: 1_000_000 });
  });

  it.each([
    ["a chunk of 2^64 bytes", "10000000000000000\r\n", 413],
    ["a chunk size without end", "0".repeat(1000), 413],
    ["a chunk extension without end", `1;${"a".repeat(1000)}`, 400],
    ["trailers without end", `0\r\n${"A: b\r\n".repeat(40)}`, 431],
  ])("that sends %s is refused", async (_, framing, status) => {
    const { dial } = await run();
    const client = dial();
    client.send(`POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${framing}`);
    expect((await client.response()).status).toBe(status);
    expect(await client.rest()).toBe("");
  });

  it("that sends fields named like the properties of objects changes none", async () => {
    const { dial } = await run();
    const client = dial();
    client.send("GET /seen HTTP/1.1\r\nHost: a\r\n__proto__: x\r\nconstructor: y\r\n0: z\r\n\r\n");
    expect(JSON.parse((await client.response()).body.toString()).headers).toHaveLength(4);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("x");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("that pipelines without reading is not answered ahead", async () => {
    let answered = 0;
    const { dial } = await run({ writeTimeoutMs: 200 }, () => {
      answered++;
      return { status: 200, body: new Uint8Array(60_000) };
    });
    const client = dial();
    client.socket.pause();
    client.send(get("/").repeat(5000));
    await sleep(150);
    // 5000 responses are 300 MB; the system's buffers hold some MiB.
    expect(answered).toBeLessThan(400);
  });
});

describe("a server that is full", () => {
  it("answers 503 and closes, and serves again when there is room", async () => {
    const { dial, server, events } = await run({ maxConnections: 1 });
    const first = dial();
    first.send(get("/late?2000"));
    await expect.poll(() => server.counters.answering).toBe(1);
    const second = dial();
    second.send(GET_HELLO);
    const { status, fields } = await second.response();
    expect({ status, connection: fields["connection"], retry: fields["retry-after"] }).toEqual({
      status: 503,
      connection: "close",
      retry: "1",
    });
    expect(await second.rest()).toBe("");
    expect(events).toContainEqual(expect.objectContaining({ kind: "refused", reason: "connections" }));
    first.destroy();
    await expect.poll(() => server.counters.connections.open).toBe(0);
    const third = dial();
    third.send(GET_HELLO);
    expect((await third.response()).status).toBe(200);
  });

  it("closes the oldest idle connection for a new one", async () => {
    const { dial } = await run({ maxConnections: 2 });
    const [first, second, third] = [dial(), dial(), dial()];
    for (const client of [first, second]) {
      client.send(GET_HELLO);
      await client.response();
    }
    third.send(GET_HELLO);
    expect((await third.response()).status).toBe(200);
    expect(await first.rest()).toBe("");
    second.send(GET_HELLO);
    expect((await second.response()).status).toBe(200);
  });

  it("holds one address to its share", async () => {
    const { dial, server } = await run({ maxConnectionsPerAddress: 2 });
    const [first, second, third] = [dial(), dial(), dial()];
    third.send(GET_HELLO);
    expect((await third.response()).status).toBe(503);
    for (const client of [first, second]) client.send(GET_HELLO);
    expect((await second.response()).status).toBe(200);
    expect(server.counters.connections).toMatchObject({ open: 2, refused: 1 });
  });
});

describe("a handler that keeps what it was given", () => {
  it("never sees another request in it", async () => {
    const kept: HttpRequest[] = [];
    const { dial } = await run({}, (request) => {
      kept.push(request);
      void request.headers;
      return { status: 200 };
    });
    const client = dial();
    client.send(get("/first") + get("/second"));
    await client.response();
    await client.response();
    const [first] = kept;
    expect(() => first?.target).toThrow("Cannot read the request: its response has been sent");
    expect(() => first?.headers.get("host")).toThrow("its response has been sent");
    expect(() => [...(first?.headers ?? [])]).toThrow("its response has been sent");
  });

  it("may read the request as long as it has not answered", async () => {
    const { dial } = await run({}, async (request) => {
      const { headers } = request;
      await sleep(20);
      return { status: 200, body: `${request.target} ${headers.get("x")}` };
    });
    const client = dial();
    client.send("GET /first HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\nX: 2\r\n\r\n");
    expect((await client.response()).body.toString()).toBe("/first 1");
    expect((await client.response()).body.toString()).toBe("/second 2");
  });

  it("loses a read that its response has overtaken", async () => {
    const { dial } = await run({}, ({ body }) => {
      if (body.length === 3) void body.bytes();
      return { status: 200 };
    });
    const client = dial();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
    expect((await client.response()).status).toBe(200);
    client.send("bc" + GET_HELLO);
    expect((await client.response()).status).toBe(200);
  });

  it("cannot read content after its response, nor twice", async () => {
    const failures: unknown[] = [];
    const { dial } = await run({}, ({ body }) => {
      const iterator = body[Symbol.asyncIterator]();
      try {
        body[Symbol.asyncIterator]();
      } catch (error) {
        failures.push(error);
      }
      setTimeout(() => {
        iterator.next().catch((error: unknown) => failures.push(error));
      }, 10);
      return { status: 200 };
    });
    const client = dial();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    expect((await client.response()).status).toBe(200);
    await expect
      .poll(() => failures.map(String))
      .toEqual([
        "TypeError: Cannot read the content of the request: it has been read already",
        "TypeError: Cannot read the content of the request: its response has been sent",
      ]);
  });
});

describe("observers", () => {
  it("are shown each exchange, with the head as it was sent", async () => {
    const exchanges: unknown[] = [];
    const { dial } = await run({
      onExchange: ({ request, status, responseHead, bytesSent, complete, peer, durationMs, startedAt }) => {
        const inTime = durationMs >= 0 && durationMs < 5000 && Math.abs(Date.now() - startedAt) < 5000;
        exchanges.push([request.method, request.target, status, bytesSent, complete, peer.address, inTime]);
        exchanges.push(responseHead);
      },
    });
    const client = dial();
    client.send(
      get("/hello") + get("/iterable?25000") + get("/slice?300000") + "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n",
    );
    const heads = [];
    for (const method of ["GET", "GET", "GET", "HEAD"]) heads.push((await client.response(method)).head);
    expect(exchanges).toEqual([
      ["GET", "/hello", 200, 5, true, "127.0.0.1", true],
      heads[0],
      ["GET", "/iterable?25000", 200, 25_000, true, "127.0.0.1", true],
      heads[1],
      ["GET", "/slice?300000", 200, 300_000, true, "127.0.0.1", true],
      heads[2],
      ["HEAD", "/hello", 200, 0, true, "127.0.0.1", true],
      heads[3],
    ]);
  });

  it("are told what a handler threw, and the client is not", async () => {
    const { dial, errors } = await run();
    const client = dial();
    client.send(get("/throw") + get("/http-error") + get("/reject") + get("/broken-iterable"));
    while (!client.ended) await client.response().catch(() => {});
    expect(errors.map(String)).toEqual(Array.from({ length: 3 }, () => "Error: secret /etc/passwd"));
  });

  it("are told of connections", async () => {
    const { dial, events } = await run();
    const client = dial();
    client.send("nonsense\r\n\r\n");
    await client.rest();
    client.endInput();
    await expect.poll(() => events.map((event) => event.kind)).toEqual(["opened", "malformed", "closed"]);
    expect(events[1]).toMatchObject({ error: { code: "method-invalid", status: 400 }, peer: { address: "127.0.0.1" } });
  });
});

describe("a Unix socket", () => {
  it("is served like a port, to a peer without an address", async () => {
    const directory = mkdtempSync(join(tmpdir(), "async-server-"));
    cleanUps.push(() => rmSync(directory, { recursive: true }));
    const { dial } = await run({}, contractHandler, { path: join(directory, "a.sock") });
    const client = dial();
    client.send(get("/seen") + get("/promised?9"));
    const { peer } = JSON.parse((await client.response()).body.toString());
    expect(peer).toEqual({ address: "", port: 0, encrypted: false });
    expect((await client.response()).complete).toBe(false);
  });
});

describe("a server's process", () => {
  const SERVER = new URL("../src/index.ts", import.meta.url).href;
  const script = `
    const { createAsyncServer } = await import(${JSON.stringify(SERVER)});
    const server = createAsyncServer(() => new Promise((resolve) => {
      setTimeout(() => resolve({ status: 200, body: "done" }), 5);
    }), { keepAliveTimeoutMs: 1500 });
    const { port } = await server.listen({ port: 0 });
    console.log(port);
    process.once("SIGTERM", () => server.close());
  `;

  async function start(program = script): Promise<{ child: ChildProcess; port: number }> {
    const child = spawn(process.execPath, ["--conditions=@tinyhttp/source", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    cleanUps.push(() => child.kill("SIGKILL"));
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return { child, port: Number(line) };
  }

  it("that is told to stop under load fails no request, and ends by itself", async () => {
    const { child, port } = await start();
    const exited = once(child, "exit");
    const outcomes: string[] = [];
    const clients = Array.from({ length: 16 }, async () => {
      const client = new RawClient({ kind: "tcp", host: "127.0.0.1", port, url: "" });
      cleanUps.push(() => client.destroy());
      for (let open = true; open;) {
        client.send(get("/"));
        const { body, fields } = await client.response();
        outcomes.push(body.toString());
        open = fields["connection"] !== "close";
      }
      client.endInput();
    });
    await sleep(100);
    child.kill("SIGTERM");
    await Promise.all(clients);
    expect(await exited).toEqual([0, null]);
    expect(outcomes.length).toBeGreaterThan(16);
    expect(new Set(outcomes)).toEqual(new Set(["done"]));
    await expect(once(connect(port, "127.0.0.1"), "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("that outlives an observer's failure ends the connection that it came on, and no other", async () => {
    const { port } = await start(`
      const { createAsyncServer } = await import(${JSON.stringify(SERVER)});
      process.on("uncaughtException", () => {});
      const server = createAsyncServer(({ path }) => ({ status: 200, body: path }), {
        onExchange({ request }) { if (request.path === "/fails") throw new Error("an observer's own"); },
      });
      console.log((await server.listen({ port: 0 })).port);
    `);
    const address = { kind: "tcp", host: "127.0.0.1", port, url: "" } as const;
    const [failing, other] = [new RawClient(address), new RawClient(address)];
    cleanUps.push(() => failing.destroy());
    cleanUps.push(() => other.destroy());
    other.send(get("/before"));
    expect((await other.response()).body.toString()).toBe("/before");
    failing.send(get("/fails") + get("/never-looked-at"));
    expect(await failing.rest()).not.toContain("/never-looked-at");
    other.send(get("/after"));
    expect((await other.response()).body.toString()).toBe("/after");
  });

  it("that was stopped for longer than the timeouts forgives its clients", async () => {
    const { child, port } = await start();
    const client = new RawClient({ kind: "tcp", host: "127.0.0.1", port, url: "" });
    cleanUps.push(() => client.destroy());
    client.send(get("/"));
    await client.response();
    child.kill("SIGSTOP");
    await sleep(2500);
    child.kill("SIGCONT");
    await sleep(100);
    client.send(get("/"));
    expect((await client.response()).status).toBe(200);
  });
});
