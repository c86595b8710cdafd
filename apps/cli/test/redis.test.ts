/** Limits that several servers count together, as their clients meet them: with a real Redis, which is ended under load. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Operator } from "./operator.ts";
import { needs, type Served } from "./program.ts";

const REDIS = "/usr/bin/redis-server";
needs(REDIS, "redis-server");

const PASSWORD = "a password that is right";
const BURST = 300;

let operator: Operator;
let redis: ChildProcess;
let port = 0;
let servers: Served[] = [];
let agent: Agent;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return address.port;
}

async function answers(): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function startRedis(): Promise<void> {
  const flags = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", operator.home];
  redis = spawn(REDIS, [...flags, "--requirepass", PASSWORD], { stdio: "ignore" });
  await expect.poll(answers, { timeout: 10_000 }).toBe(true);
}

async function endRedis(): Promise<void> {
  const ended = once(redis, "exit");
  redis.kill("SIGKILL");
  await ended;
}

async function serve(...args: string[]): Promise<Served> {
  const limits = [`--rate-limit=1/d,${BURST}`, "--rate-limit-in-total=20000/s", "--max-requests-per-address=1000"];
  const served = await operator.serve(["./site", "--mode=public", "--host=127.0.0.1", ...limits, ...args]);
  servers.push(served);
  return served;
}

function counted(password?: string): string[] {
  const redisAt = `--redis=redis://127.0.0.1:${port}`;
  if (password === undefined) return [redisAt];
  writeFileSync(join(operator.home, "password"), password, { mode: 0o600 });
  return [redisAt, "--redis-password-file=password"];
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject);
  });
}

/** How many were answered with each status. */
function tally(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

beforeEach(async () => {
  operator = new Operator();
  writeFileSync(join(operator.home, "site/a.txt"), "a");
  agent = new Agent({ keepAlive: true, maxSockets: 32 });
  port = await freePort();
  await startRedis();
});
afterEach(async () => {
  agent.destroy();
  await Promise.all(servers.map((served) => served.stop()));
  servers = [];
  if (redis.exitCode === null && redis.signalCode === null) await endRedis();
  operator[Symbol.dispose]();
});

describe("a limit", () => {
  it("holds exactly over four threads", async () => {
    const { url } = await serve("--threads=4");
    const statuses = await Promise.all(Array.from({ length: 2 * BURST }, () => statusOf(`${url}a.txt`)));
    expect(tally(statuses)).toEqual({ 200: BURST, 429: BURST });
  });
});

describe("--redis", () => {
  // Where a busy machine keeps Redis from answering in time, each server counts by itself, as it should.
  it("holds a limit exactly over two servers of four threads", { retry: 3 }, async () => {
    const both = [await serve("--threads=4", ...counted(PASSWORD)), await serve("--threads=4", ...counted(PASSWORD))];
    const statuses = await Promise.all(
      Array.from({ length: 3 * BURST }, (_, index) => statusOf(`${both[index % 2]?.url}a.txt`)),
    );
    expect(tally(statuses)).toEqual({ 200: BURST, 429: 2 * BURST });
    for (const { stderr } of both) expect(stderr).not.toContain("Redis");
  });

  it("is degraded, not open, when Redis is killed under load, and fails no request", async () => {
    const both = [await serve(...counted(PASSWORD)), await serve(...counted(PASSWORD))];
    const statuses: number[] = [];
    const load = { isOn: true };
    const clients = Array.from({ length: 16 }, async (_, index) => {
      while (load.isOn) statuses.push(await statusOf(`${both[index % 2]?.url}a.txt`));
    });
    await expect.poll(() => statuses.length).toBeGreaterThan(2 * BURST);
    await endRedis();
    for (const served of both) await served.printed(/Cannot count in Redis: .*each machine counts by itself/, "stderr");
    const atOutage = statuses.length;
    await expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(atOutage + 4 * BURST);
    await startRedis();
    for (const served of both) await served.printed(/Redis is back/, "stderr");
    load.isOn = false;
    await Promise.all(clients);
    // What Redis allowed, and what each server allows by itself; once more what a Redis allows that knows nothing.
    // What Redis counts and answers too late is counted here as well, so it may be a little less.
    const allowed = tally(statuses)[200] ?? 0;
    expect(allowed).toBeGreaterThan(2 * BURST);
    expect(allowed).toBeLessThanOrEqual(4 * BURST);
    expect(Object.keys(tally(statuses))).toEqual(["200", "429"]);
  });

  it.each([
    [
      "a wrong password",
      "canary-wrong-password",
      /Cannot count in Redis: it refuses the password.*--redis-password-file/,
    ],
    ["no password", undefined, /Cannot count in Redis: it asks for a password.*--redis-password-file/],
  ])("says what is wrong with %s, and serves", async (_name, password, message) => {
    const served = await serve(...counted(password));
    await served.printed(message, "stderr");
    expect(await statusOf(`${served.url}a.txt`)).toBe(200);
    expect(served.stderr).not.toContain("Redis is back");
    expect(served.stderr).not.toContain("canary");
  });
});
