import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { createEchoServer, type EchoServer, type EchoServerOptions } from "@tinyhttp/echo-server";
import type { ListenAddress } from "@tinyhttp/listener";
import { afterEach, describe, expect, it } from "vitest";
import { TEST_CERTIFICATE, TEST_KEY } from "./test-certificate.ts";

const MEBIBYTE = 1024 * 1024;
const TLS = { cert: TEST_CERTIFICATE, key: TEST_KEY };

let server: EchoServer;

afterEach(() => server.close({ deadlineMs: 0 }));

type Target = { readonly port: number; readonly host: string } | { readonly path: string };

async function listen(options: EchoServerOptions = {}, at: ListenAddress = { port: 0 }): Promise<Target> {
  server = createEchoServer(options);
  const address = await server.listen(at);
  return address.kind === "tcp" ? { port: address.port, host: address.host } : { path: address.path };
}

async function opened(to: Target): Promise<Socket> {
  const socket = connect({ ...to, allowHalfOpen: true });
  await once(socket, "connect");
  return socket;
}

async function openedTls(to: Target): Promise<Socket> {
  const socket = connectTls({ socket: await opened(to), ca: TEST_CERTIFICATE, servername: "localhost" });
  await once(socket, "secureConnect");
  return socket;
}

async function allFrom(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** In pieces of every size. */
function say(socket: Socket, bytes: Buffer): void {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 3) % 70_001) {
    socket.write(bytes.subarray(at, at + size));
  }
  socket.end();
}

const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

describe("an echo server", () => {
  it.each([
    ["TCP", {}, { port: 0 }, opened],
    ["TCP over IPv6", {}, { port: 0, host: "::1" }, opened],
    ["TLS", { tls: TLS }, { port: 0 }, openedTls],
  ])(
    "sends every byte back in order, also after the peer has ended its side, over %s",
    async (_, options, at, open) => {
      const socket = await open(await listen(options, at));
      const bytes = randomBytes(4 * MEBIBYTE);
      say(socket, bytes);
      expect(digest(await allFrom(socket))).toBe(digest(bytes));
      expect(server.counters).toMatchObject({ bytes: bytes.length, broken: 0, timedOut: 0, overLimit: 0 });
    },
  );

  it("does so over a Unix socket", async () => {
    const directory = mkdtempSync(join(tmpdir(), "tinyhttp-echo-"));
    const socket = await opened(await listen({}, { path: join(directory, "echo.sock") }));
    const bytes = randomBytes(MEBIBYTE);
    say(socket, bytes);
    expect(digest(await allFrom(socket))).toBe(digest(bytes));
    rmSync(directory, { recursive: true });
  });

  it("answers a peer that says nothing with nothing", async () => {
    const socket = await opened(await listen());
    socket.end();
    expect(await allFrom(socket)).toHaveLength(0);
  });

  it("stops reading from a peer that takes nothing, and loses nothing of what it sent", async () => {
    const socket = await opened(await listen());
    const bytes = randomBytes(64 * MEBIBYTE);
    socket.pause();
    socket.write(bytes);
    socket.end();
    let before = -1;
    while (server.counters.bytes !== before) {
      before = server.counters.bytes;
      await sleep(100);
    }
    // What is not here lies in the buffers of the system, and in this client.
    expect(before).toBeLessThan(bytes.length);
    expect(digest(await allFrom(socket))).toBe(digest(bytes));
  });

  it("loses nothing on other connections when some are reset in the middle", async () => {
    const to = await listen();
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const socket = await opened(to);
        const bytes = randomBytes(100_000 + index);
        if (index % 3 !== 0) {
          say(socket, bytes);
          return digest(await allFrom(socket)) === digest(bytes);
        }
        const received: Buffer[] = [];
        socket.on("error", () => {}).on("data", (chunk: Buffer) => received.push(chunk));
        socket.write(bytes);
        await sleep(index % 7);
        socket.resetAndDestroy();
        const all = Buffer.concat(received);
        return all.equals(bytes.subarray(0, all.length)) && "reset";
      }),
    );
    expect(outcomes).toEqual(Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? "reset" : true)));
    await expect.poll(() => server.counters.connections).toMatchObject({ open: 0, accepted: 60 });
    expect(server.counters.broken).toBeGreaterThan(0);
  });
});

describe("maxBytesPerConnection", () => {
  it("gives back so many bytes, ends, and reads on, so that the peer is not reset", async () => {
    const socket = await opened(await listen({ maxBytesPerConnection: 100_000 }));
    const bytes = randomBytes(4 * MEBIBYTE);
    say(socket, bytes);
    expect(digest(await allFrom(socket))).toBe(digest(bytes.subarray(0, 100_000)));
    expect(server.counters).toMatchObject({ bytes: 100_000, overLimit: 1 });
  });

  it("is not exceeded by exactly so many", async () => {
    const socket = await opened(await listen({ maxBytesPerConnection: 5 }));
    socket.end("hello");
    expect((await allFrom(socket)).toString()).toBe("hello");
    expect(server.counters.overLimit).toBe(0);
  });
});

describe("idleTimeoutMs", () => {
  it("gives up a connection on which nothing moves, and no other", async () => {
    const to = await listen({ idleTimeoutMs: 200 });
    const [silent, talking] = [await opened(to), await opened(to)];
    const chatter = setInterval(() => talking.write("x"), 20);
    talking.resume();
    silent.resume();
    await once(silent, "end");
    await sleep(300);
    clearInterval(chatter);
    expect(talking.destroyed).toBe(false);
    expect(server.counters).toMatchObject({ timedOut: 1, connections: { open: 1 } });
    talking.destroy();
    silent.destroy();
  });

  it("gives up a peer that takes nothing of what it sent", async () => {
    const socket = await opened(await listen({ idleTimeoutMs: 200 }));
    socket.on("error", () => {});
    socket.pause();
    socket.write(randomBytes(64 * MEBIBYTE));
    await expect.poll(() => server.counters.timedOut, { timeout: 5000 }).toBe(1);
    socket.destroy();
  });

  it("ends a TLS handshake that does not come", async () => {
    const socket = await opened(await listen({ idleTimeoutMs: 200, tls: TLS }));
    socket.resume();
    await once(socket, "end");
    expect(server.counters.timedOut).toBe(1);
    socket.destroy();
  });
});

describe("maxConnections", () => {
  it("refuses one more", async () => {
    const to = await listen({ maxConnections: 1 });
    const first = await opened(to);
    first.write("x");
    await once(first, "data");
    const second = await opened(to);
    second.resume();
    await once(second, "end");
    expect(server.counters.connections).toMatchObject({ open: 1, refused: 1 });
    second.destroy();
    first.destroy();
  });
});

describe("tls", () => {
  it("counts what is not TLS as broken, and serves the next one", async () => {
    const to = await listen({ tls: TLS });
    const plain = await opened(to);
    plain.on("error", () => {});
    plain.end("GET / HTTP/1.1\r\n\r\n");
    plain.resume();
    await once(plain, "close");
    const socket = await openedTls(to);
    socket.end("hello");
    expect((await allFrom(socket)).toString()).toBe("hello");
    expect(server.counters.broken).toBe(1);
  });

  it("is refused without a key that fits", () => {
    expect(() => createEchoServer({ tls: { cert: "no certificate", key: TEST_KEY } })).toThrow();
  });
});

describe("close", () => {
  it.each([
    ["TCP", {}, opened],
    ["TLS", { tls: TLS }, openedTls],
  ])("sends back what was read, then ends, over %s", async (_, options, open) => {
    const socket = await open(await listen(options));
    socket.write("hello");
    const [bytes] = (await once(socket, "data")) as [Buffer];
    const closed = server.close();
    expect(bytes.toString()).toBe("hello");
    expect(await allFrom(socket)).toHaveLength(0);
    socket.end("too late");
    await closed;
    expect(server.counters).toMatchObject({ bytes: 5, connections: { open: 0 } });
  });

  it("sends back what waits for a slow peer", async () => {
    const socket = await opened(await listen());
    socket.pause();
    socket.write(randomBytes(64 * MEBIBYTE));
    let before = -1;
    while (server.counters.bytes !== before) {
      before = server.counters.bytes;
      await sleep(100);
    }
    const closed = server.close();
    const taken = await allFrom(socket);
    socket.destroy();
    await closed;
    expect(taken).toHaveLength(server.counters.bytes);
  });

  it("destroys at the deadline what peers keep open", async () => {
    const socket = await opened(await listen());
    socket.write("x");
    await once(socket, "data");
    await server.close({ deadlineMs: 50 });
    expect(server.counters.connections.open).toBe(0);
    socket.destroy();
  });
});

describe("createEchoServer", () => {
  it.each([[{ idleTimeoutMs: 0 }], [{ maxBytesPerConnection: -1 }], [{ idleTimeoutMs: Number.NaN }]])(
    "refuses %j",
    (options) => {
      expect(() => createEchoServer(options)).toThrow(RangeError);
      server = createEchoServer();
    },
  );
});
