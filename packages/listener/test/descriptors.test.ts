import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { linkSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";

const LISTENER = new URL("../src/index.ts", import.meta.url).href;

let children: ChildProcess[] = [];
let sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const child of children) child.kill("SIGKILL");
  children = [];
  sockets = [];
});

async function firstLine(child: ChildProcess): Promise<string> {
  children.push(child);
  if (child.stdout === null) throw new TypeError("Cannot read the child: its standard output is not a pipe");
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return line;
}

/** Node has no public way to a server's descriptor. */
function descriptorOf(server: Server): number {
  return (server as unknown as { readonly _handle: { readonly fd: number } })._handle.fd;
}

/** @param to A port of this machine, or the path of a Unix socket. */
function dial(to: number | string): Socket {
  const socket = typeof to === "string" ? connect(to) : connect(to, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  sockets.push(socket);
  return socket;
}

describe.runIf(process.platform === "linux")("accepting without descriptors to spare", () => {
  const script = `
    const { createListener } = await import(${JSON.stringify(LISTENER)});
    const held = [];
    const listener = createListener((socket) => {
      socket.on("error", () => {});
      socket.resume();
      socket.on("end", () => socket.end());
      socket.write("hello");
    }, { maxConnections: 1000 });
    const { port } = await listener.listen({ port: 0 });
    console.log(port);
    process.on("SIGUSR2", () => {
      const { user, system } = process.cpuUsage();
      console.log(JSON.stringify({ cpuMs: (user + system) / 1000, ...listener.counters }));
    });
  `;

  it("neither stops nor spins at EMFILE, and recovers when descriptors come free", async () => {
    // `ulimit` in a shell is the portable way to lower the limit: Node itself raises the soft one to the hard one.
    const child = spawn("sh", ["-c", 'ulimit -n 48; exec "$0" "$@"', process.execPath, "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = Number(await firstLine(child));
    const report = async (): Promise<{ cpuMs: number; open: number }> => {
      child.kill("SIGUSR2");
      return JSON.parse(await firstLine(child));
    };
    const crowd = Array.from({ length: 80 }, () => dial(port));
    // Every client either holds a connection or was turned away: none is left waiting.
    await expect.poll(() => crowd.filter((socket) => socket.bytesRead > 0 || socket.closed).length).toBe(80);
    const full = await report();
    expect(full.open).toBeLessThan(48);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await report()).cpuMs - full.cpuMs).toBeLessThan(250);

    for (const socket of crowd) socket.destroy();
    await expect.poll(async () => (await report()).open).toBe(0);
    const [greeting] = await once(dial(port), "data");
    expect(String(greeting)).toBe("hello");
  });
});

/** Has a child listen on a socket that this process opened, as a service manager does. @returns What the child calls it. */
async function handOver(opened: Server): Promise<string> {
  const script = `
    const { createListener, inheritedListenAddress } = await import(${JSON.stringify(LISTENER)});
    const listener = createListener((socket) => socket.end("from the child"));
    process.env.LISTEN_PID = String(process.pid);
    console.log((await listener.listen(inheritedListenAddress(process.env))).url);
  `;
  await once(opened, "listening");
  const child = spawn(process.execPath, ["-e", script], {
    stdio: ["ignore", "pipe", "inherit", descriptorOf(opened)],
    env: { ...process.env, LISTEN_FDS: "1" },
  });
  return firstLine(child);
}

describe.runIf(process.platform !== "win32")("an inherited socket (sd_listen_fds(3))", () => {
  it("serves the connections of a port that a parent opened", async () => {
    const opened = createServer().listen(0, "127.0.0.1");
    const url = await handOver(opened);
    const address = opened.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    opened.close();
    expect(url).toBe(`tcp://127.0.0.1:${port}`);
    const [greeting] = await once(dial(port), "data");
    expect(String(greeting)).toBe("from the child");
  });

  it("serves those of a Unix socket, and knows its path where the system tells", async () => {
    const directory = mkdtempSync(join(tmpdir(), "tinyhttp-socket-"));
    const path = join(directory, "a b.sock");
    const opened = createServer().listen(path);
    const url = await handOver(opened);
    expect(url).toBe(process.platform === "linux" ? `unix:${path}` : "unix:");
    // Closing takes the name away with it; another one leads to the same socket.
    linkSync(path, join(directory, "kept"));
    opened.close();
    const [greeting] = await once(dial(join(directory, "kept")), "data");
    expect(String(greeting)).toBe("from the child");
    rmSync(directory, { recursive: true });
  });
});
