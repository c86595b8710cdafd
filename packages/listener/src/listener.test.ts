import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createListener, type Listener, type ListenerOptions } from "./listener.ts";
import type { ListenAddress } from "./listen-address.ts";

let cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps = [];
});

interface Running {
  readonly listener: Listener;
  readonly accepted: Socket[];
  /** Connects and waits until the server side knows about it. */
  readonly dial: (localAddress?: string) => Promise<Socket>;
}

async function run(options: ListenerOptions = {}, address: ListenAddress = { port: 0 }): Promise<Running> {
  const accepted: Socket[] = [];
  const listener = createListener((socket) => {
    socket.on("error", () => {});
    socket.resume();
    socket.on("end", () => socket.end());
    accepted.push(socket);
  }, options);
  const bound = await listener.listen(address);
  cleanUps.push(() => {
    const closed = listener.close();
    listener.destroyConnections();
    return closed;
  });
  const dial = async (localAddress?: string): Promise<Socket> => {
    const seen = listener.counters.accepted + listener.counters.refused;
    const socket = bound.kind === "unix" ? connect(bound.path) : connect({ ...bound, localAddress });
    cleanUps.push(() => socket.destroy());
    socket.on("error", () => {});
    socket.resume();
    await once(socket, "connect");
    while (listener.counters.accepted + listener.counters.refused === seen) await new Promise(setImmediate);
    return socket;
  };
  return { listener, accepted, dial };
}

describe("Listener that releases its socket", () => {
  it("stops accepting, and loses none of the connections that wait for the one that takes it over", async () => {
    const { listener: first } = await run();
    const where = first.address?.kind === "tcp" ? first.address.port : 0;
    const waiting = connect(where);
    cleanUps.push(() => waiting.destroy());
    // In one turn, so that the event loop has not seen the connection.
    const { port1, port2 } = new MessageChannel();
    const released = first.release();
    port1.postMessage(released, [released as never]);
    expect(first.address).toBeUndefined();
    const received = receiveMessageOnPort(port2)?.message as Server;
    const { listener: second, accepted } = await run({}, { server: received });
    expect(second.address).toMatchObject({ port: where });
    await expect.poll(() => accepted.length).toBe(1);
    expect(first.counters.accepted).toBe(0);
    await first.close();
    port1.close();
  });
});

describe("Listener on TCP", () => {
  it("listens on loopback unless told otherwise, and says where", async () => {
    const { listener } = await run({ urlScheme: "http" });
    const { address } = listener;
    expect(address).toMatchObject({ kind: "tcp", host: "127.0.0.1" });
    expect(address?.url).toBe(`http://127.0.0.1:${address?.kind === "tcp" ? address.port : ""}`);
  });

  it("writes an IPv6 address in brackets", async () => {
    const { listener } = await run({}, { port: 0, host: "::1" });
    expect(listener.address?.url).toMatch(/^tcp:\/\/\[::1\]:\d+$/);
  });

  it("says in one sentence why it cannot listen, and may then try elsewhere", async () => {
    const { listener } = await run();
    const taken = listener.address?.kind === "tcp" ? listener.address.port : 0;
    const other = createListener(() => {});
    await expect(other.listen({ port: taken })).rejects.toMatchObject({
      name: "ListenError",
      code: "EADDRINUSE",
      message: `Cannot listen on 127.0.0.1:${taken}: another program listens there (EADDRINUSE)`,
    });
    await other.listen({ port: 0 });
    await other.close();
  });

  it("shares a port when asked to", async () => {
    const { listener } = await run({}, { port: 0, reusePort: true });
    const port = listener.address?.kind === "tcp" ? listener.address.port : 0;
    const second = createListener(() => {});
    await expect(second.listen({ port, reusePort: true })).resolves.toMatchObject({ port });
    await second.close();
  });

  it("counts what comes and goes", async () => {
    const { listener, dial } = await run();
    const first = await dial();
    await dial();
    expect(listener.counters).toEqual({ open: 2, accepted: 2, refused: 0, errors: 0 });
    first.destroy();
    await expect.poll(() => listener.counters).toEqual({ open: 1, accepted: 2, refused: 0, errors: 0 });
  });
});

describe("Listener limits", () => {
  it("destroys a connection over the limit, and accepts again when there is room", async () => {
    const { listener, dial } = await run({ maxConnections: 1 });
    const first = await dial();
    const second = await dial();
    if (!second.closed) await once(second, "close");
    expect(listener.counters).toMatchObject({ open: 1, refused: 1 });
    first.destroy();
    await expect.poll(() => listener.counters.open).toBe(0);
    await dial();
    expect(listener.counters).toMatchObject({ open: 1, accepted: 2 });
  });

  it("limits each address for itself", async () => {
    const refused: string[] = [];
    const { listener, dial } = await run({
      maxConnectionsPerAddress: 1,
      onRefusal: (socket, reason) => {
        refused.push(`${socket.remoteAddress} ${reason}`);
        socket.destroy();
      },
    });
    const first = await dial("127.0.0.1");
    await dial("127.0.0.1");
    await dial("127.0.0.2");
    expect(refused).toEqual(["127.0.0.1 connections-per-address"]);
    expect(listener.counters).toMatchObject({ open: 2, refused: 1 });
    first.destroy();
    await expect.poll(() => listener.counters.open).toBe(1);
    await dial("127.0.0.1");
    expect(listener.counters).toMatchObject({ open: 2, refused: 1 });
  });

  it("counts the connections of a proxy for whom they are", async () => {
    const { listener, accepted, dial } = await run({
      maxConnectionsPerAddress: 1,
      isProxy: (address) => address === "127.0.0.1",
    });
    const dialled = [await dial("127.0.0.1"), await dial("127.0.0.1"), await dial("127.0.0.1")];
    const addresses = ["192.0.2.1", "192.0.2.1", "192.0.2.2"];
    expect(accepted.map((socket, index) => listener.identify(socket, addresses[index] ?? ""))).toEqual([
      true,
      false,
      true,
    ]);
    expect(listener.counters).toMatchObject({ open: 3, refused: 1 });
    dialled[0]?.destroy();
    await expect.poll(() => listener.counters.open).toBe(2);
    await dial("127.0.0.1");
    expect(accepted.slice(-1).map((socket) => listener.identify(socket, "192.0.2.1"))).toEqual([true]);
  });

  it("does not count its own machine unless told to", async () => {
    const { listener, dial } = await run();
    await Promise.all(Array.from({ length: 257 }, () => dial()));
    await expect.poll(() => listener.counters).toMatchObject({ open: 257, refused: 0 });
  });

  it("lets its owner make room instead of refusing", async () => {
    const sockets: Socket[] = [];
    const running = await run({
      maxConnections: 1,
      onFull: () => {
        running.accepted[0]?.destroy();
        return running.accepted.length > 0;
      },
    });
    sockets.push(await running.dial());
    sockets.push(await running.dial());
    await expect.poll(() => sockets[0]?.closed).toBe(true);
    expect(sockets[1]?.closed).toBe(false);
    expect(running.listener.counters).toMatchObject({ open: 1, accepted: 2, refused: 0 });
  });
});

describe("Listener.close", () => {
  it("lets connections live and settles when the last has ended", async () => {
    const { listener, dial } = await run();
    const { address } = listener;
    const socket = await dial();
    let settled = false;
    const closed = listener.close().then(() => (settled = true));
    expect(listener.address).toBeUndefined();
    const late = connect({ host: "127.0.0.1", port: address?.kind === "tcp" ? address.port : 0 });
    const [error] = await once(late, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
    expect(settled).toBe(false);
    socket.destroy();
    await closed;
    expect(listener.counters.open).toBe(0);
  });

  it("is hastened by destroyConnections", async () => {
    const { listener, dial } = await run();
    const socket = await dial();
    const closed = listener.close();
    listener.destroyConnections();
    await closed;
    await expect.poll(() => socket.closed).toBe(true);
  });
});

describe("Listener on a Unix socket", () => {
  let directory: string;
  let path: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "listener-"));
    path = join(directory, "a.sock");
    cleanUps.push(() => rmSync(directory, { recursive: true }));
  });

  it("listens with the permissions asked for, and removes the file at the end", async () => {
    const { listener, dial } = await run({}, { path, mode: 0o600 });
    expect(listener.address).toEqual({ kind: "unix", path, url: `unix:${path}` });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    (await dial()).destroy();
    await listener.close();
    expect(existsSync(path)).toBe(false);
  });

  it("replaces the socket file of a process that is gone", async () => {
    const script = `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 9))`;
    await once(spawn(process.execPath, ["-e", script], { stdio: "ignore" }), "exit");
    expect(existsSync(path)).toBe(true);
    const { dial } = await run({}, { path });
    await dial();
  });

  it("leaves the socket of a process that lives", async () => {
    const owner = createServer().listen(path);
    cleanUps.push(() => owner.close());
    await once(owner, "listening");
    await expect(createListener(() => {}).listen({ path })).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect(existsSync(path)).toBe(true);
  });

  it("never replaces a file that is not a socket", async () => {
    writeFileSync(path, "precious");
    await expect(createListener(() => {}).listen({ path })).rejects.toMatchObject({
      code: "EEXIST",
      message: `Cannot listen on socket "${path}": there is a file that is not a socket (EEXIST)`,
    });
    expect(statSync(path).size).toBe(8);
  });
});

describe("a path that no Unix socket can have", () => {
  it.each([
    ["ENOENT", "/nowhere/a.sock", "its directory does not exist"],
    ["ENAMETOOLONG", `/tmp/${"x".repeat(200)}`, "the path is too long for a Unix socket"],
  ])("is refused with %s", async (code, path, reason) => {
    const message = `Cannot listen on socket "${path}": ${reason} (${code})`;
    await expect(createListener(() => {}).listen({ path })).rejects.toMatchObject({ code, message });
  });
});

describe("Listener on an inherited descriptor", () => {
  it("refuses a descriptor that is not a socket", async () => {
    const fd = openSync("/dev/null", "r");
    cleanUps.push(() => closeSync(fd));
    await expect(createListener(() => {}).listen({ fd })).rejects.toMatchObject({ name: "ListenError" });
  });
});
