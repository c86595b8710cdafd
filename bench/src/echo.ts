/**
 * What an echo server moves through one connection, beside socat, in turns; then what ten thousand connections cost it.
 * Each server is a process of its own. The first argument is how many MiB go through it each time.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createEchoServer } from "@tinyhttp/echo-server";
import { ratiosOf, spreadOf } from "./statistics.ts";

const MEBIBYTE = 1024 * 1024;
const [, , mebibytes = "1024", role] = process.argv;
const ROUNDS = 5;
const CONNECTIONS = 10_000;
const AT_A_TIME = 200;
const SAMPLE_MS = 100;

/** As socat's own documentation has it, and with a program at the other end of the pipe. */
const SOCAT_PEERS = ["PIPE", "EXEC:cat"] as const;

interface Subject {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
}

async function tinyhttp(): Promise<Subject> {
  const child = fork(import.meta.filename, [mebibytes, "server"]);
  const [port] = (await once(child, "message")) as [number];
  return { name: "tinyhttp echo", port, child };
}

async function socat(peer: string): Promise<Subject> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  const child = spawn("socat", [`TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork`, peer], { stdio: "ignore" });
  await sleep(500);
  return { name: `socat ${peer}`, port, child };
}

/** Sends so much, ends its side, and takes everything back. @returns MiB per second. */
async function throughput(port: number, amount: number): Promise<number> {
  const chunk = Buffer.alloc(256 * 1024, "echo");
  let received = 0;
  const buffer = Buffer.alloc(256 * 1024);
  const onread = { buffer, callback: (size: number) => ((received += size), true) };
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, onread });
  await once(socket, "connect");
  const ended = once(socket, "end");
  const startedAt = performance.now();
  for (let sent = 0; sent < amount; sent += chunk.length) if (!socket.write(chunk)) await once(socket, "drain");
  socket.end();
  await ended;
  const seconds = (performance.now() - startedAt) / 1000;
  if (received !== amount) throw new Error(`Sent ${amount} bytes, and got ${received} back`);
  return received / MEBIBYTE / seconds;
}

function residentMebibytes({ pid }: ChildProcess): number {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  return Number(kibibytes) / 1024;
}

async function compare(subjects: readonly Subject[]): Promise<void> {
  const rates = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, port } of subjects) {
      rates.get(name)?.push(await throughput(port, Number(mebibytes) * MEBIBYTE));
    }
  }
  const [ours = []] = rates.values();
  console.log(`| server | MiB/s through one connection, median of ${ROUNDS} | tinyhttp beside it |\n|---|---|---|`);
  for (const [name, values] of rates) {
    const ratio = spreadOf(ratiosOf(ours, values)).median;
    console.log(`| ${name} | ${spreadOf(values).median.toFixed(0)} | ${ratio.toFixed(2)} |`);
  }
}

async function memoryOverTime({ port, child }: Subject): Promise<void> {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(residentMebibytes(child)), SAMPLE_MS);
  const rate = await throughput(port, 10 * 1024 * MEBIBYTE);
  clearInterval(timer);
  const quarter = Math.floor(samples.length / 4);
  const largest = [0, 1, 2, 3].map((part) => Math.max(...samples.slice(part * quarter, (part + 1) * quarter)));
  console.log(`\n10 GiB through one connection: ${rate.toFixed(0)} MiB/s; most memory in each quarter of the time:`);
  console.log(largest.map((value) => `${value.toFixed(0)} MiB`).join(", "));
}

async function manyConnections({ port, child }: Subject): Promise<void> {
  const before = residentMebibytes(child);
  const sockets: Socket[] = [];
  while (sockets.length < CONNECTIONS) {
    const next = Array.from({ length: AT_A_TIME }, async () => {
      const socket = connect({ port, host: "127.0.0.1" });
      await once(socket, "connect");
      return socket;
    });
    sockets.push(...(await Promise.all(next)));
  }
  const answers = sockets.map(async (socket, index) => {
    socket.write(`${index}`);
    const [bytes] = (await once(socket, "data")) as [Buffer];
    return bytes.toString() === `${index}`;
  });
  const right = (await Promise.all(answers)).filter(Boolean).length;
  const each = ((residentMebibytes(child) - before) * 1024) / CONNECTIONS;
  console.log(`\n${right} of ${CONNECTIONS} connections got their own bytes back; ${each.toFixed(1)} KiB each`);
  for (const socket of sockets) socket.destroy();
}

if (role === "server") {
  const address = await createEchoServer({ maxConnections: CONNECTIONS + 10 }).listen({ port: 0 });
  process.send?.(address.kind === "tcp" ? address.port : 0);
} else {
  const echo = await tinyhttp();
  const subjects = [echo, ...(await Promise.all(SOCAT_PEERS.map(socat)))];
  try {
    await compare(subjects);
    await memoryOverTime(echo);
    await manyConnections(echo);
  } finally {
    for (const { child } of subjects) child.kill();
  }
}
