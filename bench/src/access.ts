/**
 * `node src/access.ts [rounds] [seconds] [names]`: what keys cost, and how TLS and HTTP/2 compare with nginx. Names,
 * separated by commas: `keys`, `guarded`, `tls`, `http2`.
 */
import { connect as connectSecurely } from "node:tls";
import { buildTinyhttp } from "./build.ts";
import { compare, type Series } from "./comparison.ts";
import { formatComparison } from "./comparison-table.ts";
import { describeMachine } from "./machine.ts";
import { readAnswer } from "./same-answer.ts";
import { assertSameWork } from "./same-work.ts";
import { ServerProcess } from "./server-process.ts";
import { encrypted, encryptedNginx, multiplexingNginx } from "./servers/encrypted.ts";
import { guarded, guardedNginx, unguarded } from "./servers/guarded.ts";
import type { ServedSite, ServerDefinition } from "./servers/server.ts";
import { makeSite, removeSite } from "./site.ts";
import { requireTools } from "./tools.ts";
import { type Load, type Work, WORKS } from "./works.ts";

interface AccessComparison {
  /** Unique; the word on the command line. */
  readonly name: string;
  readonly title: string;
  readonly load: Load;
  readonly servers: readonly [compared: ServerDefinition, baseline: ServerDefinition];
}

const ONE: Load = { kind: "one" };
const COMPARISONS: readonly AccessComparison[] = [
  { name: "keys", title: "with a key × without (goal 0.9)", load: ONE, servers: [guarded, unguarded] },
  { name: "guarded", title: "with a key × nginx with a map (goal 1)", load: ONE, servers: [guarded, guardedNginx] },
  { name: "tls", title: "TLS, HTTP/1.1 × nginx (goal 1)", load: ONE, servers: [encrypted, encryptedNginx] },
  {
    name: "http2",
    title: "HTTP/2 × nginx (goal 0.5)",
    load: { kind: "multiplexed", streams: 16 },
    servers: [encrypted, multiplexingNginx],
  },
];

async function main(): Promise<void> {
  const [roundsText = "5", secondsText = "3", names] = process.argv.slice(2);
  const rounds = Number(roundsText);
  const seconds = Number(secondsText);
  const wanted = COMPARISONS.filter(({ name }) => names === undefined || names.split(",").includes(name));
  requireTools(["taskset", "wrk", "h2load", "nginx", "openssl"]);
  buildTinyhttp();
  const { cpu, node, wrk, loadBefore } = describeMachine();
  process.stdout.write(`${cpu}, Node ${node}, wrk ${wrk}, load before ${loadBefore.toFixed(2)}\n`);
  process.stdout.write(`tinyhttp ${encrypted.version()}, nginx ${encryptedNginx.version()}\n`);
  const site = makeSite(WORKS.filter(({ name }) => name === "1k"));
  const signal = AbortSignal.timeout(1000 * (4 * wanted.length * (rounds * seconds + 2) + 60));
  try {
    for (const comparison of wanted) {
      const series = await run(comparison, site, { rounds, seconds, signal, onProgress });
      const baseline = comparison.servers[1].name;
      process.stdout.write(`\n${comparison.title}\n\n${formatComparison(series, baseline)}\n`);
    }
  } finally {
    removeSite(site);
  }
}

async function run(
  { name, title, load, servers: definitions }: AccessComparison,
  site: ServedSite,
  options: Parameters<typeof compare>[2],
): Promise<Series[]> {
  const fileName = "1k.txt";
  const work: Work = { name, title, label: name, fileName, sizeBytes: 1024, rate: "requests", load, by: "cpu" };
  const servers: ServerProcess[] = [];
  try {
    for (const definition of definitions) servers.push(await ServerProcess.start(definition, site, `/${fileName}`));
    for (const server of servers) {
      await assertSameWork(server, work, site);
      await assertGuarded(server, `/${fileName}`);
    }
    await assertSameCipher(servers);
    return await compare(servers, work, options);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** @throws {Error} A server that asks for something answers without it too. */
async function assertGuarded({ name, origin, fields }: ServerProcess, path: string): Promise<void> {
  if (fields.length === 0) return;
  const wrong = fields.map((field) => `${field.slice(0, -1)}${field.endsWith("A") ? "B" : "A"}`);
  for (const given of [[], wrong]) {
    const { status } = await readAnswer(`${origin}${path}`, given);
    if (status !== 401) throw new Error(`Cannot compare ${name}: it answers ${status} without the key, expected 401`);
  }
}

/** @throws {Error} One of them encrypts in another way than the others. */
async function assertSameCipher(servers: readonly ServerProcess[]): Promise<void> {
  const secure = servers.filter(({ origin }) => origin.startsWith("https:"));
  const ciphers = await Promise.all(secure.map(({ port }) => cipherOf(port)));
  if (new Set(ciphers).size > 1) throw new Error(`Cannot compare: the servers encrypt with ${ciphers.join(" and ")}`);
}

function cipherOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSecurely({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

function onProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
