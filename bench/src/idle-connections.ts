/**
 * What an idle keep-alive connection costs: memory beyond that of a server without any, after one request on each, and
 * what the idle ones do to one that is busy. Each server is a process of its own.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer as createNetServer, type Server, type Socket } from "node:net";
import { createAsyncServer } from "@tinyhttp/async-server";

const KINDS = ["tinyhttp", "node:net", "node:http"] as const;
type Kind = (typeof KINDS)[number];

const CONNECTIONS = Number(process.argv[2] ?? 15_000);
/** One address has fewer ports to connect from than there are connections. */
const PER_SOURCE_ADDRESS = 10_000;
const AT_A_TIME = 200;
/** Fewer than a server allows on one connection. */
const ACTIVE_REQUESTS = 900;
const SETTLE_MS = 2000;
const IDLE_MS = 600_000;
const REQUEST = "GET / HTTP/1.1\r\nHost: idle.test\r\n\r\n";
const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

async function serve(kind: Kind): Promise<number> {
  if (kind === "tinyhttp") {
    const options = { maxConnections: CONNECTIONS + 10, keepAliveTimeoutMs: IDLE_MS };
    const address = await createAsyncServer(() => ({ status: 200, body: "ok" }), options).listen({ port: 0 });
    return address.kind === "tcp" ? address.port : 0;
  }
  const server: Server =
    kind === "node:http"
      ? createHttpServer({ keepAliveTimeout: IDLE_MS }, (_, response) => response.end("ok"))
      : createNetServer((socket) => {
          socket.on("error", () => {});
          socket.on("data", () => socket.write(ANSWER));
        });
  await once(server.listen(0, "127.0.0.1", 4096), "listening");
  return (server.address() as AddressInfo).port;
}

function exchange(socket: Socket): Promise<unknown> {
  socket.write(REQUEST);
  return once(socket, "data");
}

async function openIdle(port: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < CONNECTIONS) {
    const next = Array.from({ length: Math.min(AT_A_TIME, CONNECTIONS - sockets.length) }, async (_, index) => {
      const localAddress = `127.0.0.${2 + Math.floor((sockets.length + index) / PER_SOURCE_ADDRESS)}`;
      const socket = connect({ port, host: "127.0.0.1", localAddress, noDelay: true });
      await once(socket, "connect");
      await exchange(socket);
      return socket;
    });
    sockets.push(...(await Promise.all(next)));
  }
  return sockets;
}

async function slowestOfHundred(port: number): Promise<number> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const times: number[] = [];
  for (let request = 0; request < ACTIVE_REQUESTS; request++) {
    const start = performance.now();
    await exchange(socket);
    times.push(performance.now() - start);
  }
  socket.destroy();
  times.sort((one, other) => one - other);
  return times[Math.floor(ACTIVE_REQUESTS * 0.99)] ?? Number.NaN;
}

function residentBytes({ pid }: ChildProcess): number {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  return Number(kibibytes) * 1024;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

async function measure(kind: Kind): Promise<string> {
  const child = fork(import.meta.filename, [String(CONNECTIONS), kind]);
  const [port] = (await once(child, "message")) as [number];
  try {
    // Compiled code is no connection's.
    await slowestOfHundred(port);
    await settled();
    const alone = await slowestOfHundred(port);
    const before = residentBytes(child);
    const sockets = await openIdle(port);
    await settled();
    const bytesEach = (residentBytes(child) - before) / CONNECTIONS;
    const among = await slowestOfHundred(port);
    for (const socket of sockets) socket.destroy();
    return `| ${kind} | ${(bytesEach / 1024).toFixed(1)} | ${alone.toFixed(2)} | ${among.toFixed(2)} |`;
  } finally {
    child.kill();
  }
}

const [, , , role] = process.argv;
if (role !== undefined) {
  process.send?.(await serve(role as Kind));
} else {
  console.log(`${CONNECTIONS} idle connections, Node ${process.version}\n`);
  console.log("| server | KiB each | p99 of an active one alone, ms | among them, ms |\n|---|---|---|---|");
  for (const kind of KINDS) console.log(await measure(kind));
}
