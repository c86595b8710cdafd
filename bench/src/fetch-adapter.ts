/**
 * `node src/fetch-adapter.ts [rounds] [seconds]`: one Hono app on our server through `fetchHandler`, with its light
 * Response and with the runtime's, on `@hono/node-server` and on srvx. Prints rates, CPU time per request and ratios to
 * `@hono/node-server`.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compare, type Series } from "./comparison.ts";
import { formatComparison } from "./comparison-table.ts";
import { describeMachine } from "./machine.ts";
import { answerOf, assertSameAnswer, readAnswer } from "./same-answer.ts";
import { ServerProcess } from "./server-process.ts";
import type { ServerDefinition } from "./servers/server.ts";
import { requireTools } from "./tools.ts";
import type { Work } from "./works.ts";

const NAMES = ["tinyhttp", "tinyhttp, real Response", "@hono/node-server", "srvx"] as const;
const BASELINE = "@hono/node-server";
const HELLO: Work = {
  name: "hello",
  title: "Hono hello",
  label: "hello",
  fileName: "",
  sizeBytes: 11,
  rate: "requests",
  load: { kind: "one" },
  by: "cpu",
};

const EXPECTED = answerOf(Buffer.from("Hello World"));

function definitionOf(name: string): ServerDefinition {
  const program = fileURLToPath(new URL("./fetch-adapter-server.ts", import.meta.url));
  return {
    name,
    version: () => versionOf(name),
    start: (_site, port) => ({
      file: process.execPath,
      args: ["--conditions=@tinyhttp/source", program, name, String(port)],
    }),
  };
}

function versionOf(name: string): string {
  if (name.startsWith("tinyhttp")) return "from source";
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

async function main(): Promise<void> {
  const [rounds = 5, seconds = 3] = process.argv.slice(2).map(Number);
  requireTools(["taskset", "wrk"]);
  const servers: ServerProcess[] = [];
  const signal = AbortSignal.timeout(1000 * (2 * NAMES.length * (rounds * seconds + 2) + 60));
  try {
    for (const name of NAMES)
      servers.push(await ServerProcess.start(definitionOf(name), { root: "", scratch: "" }, "/"));
    for (const { name, port } of servers) {
      // srvx sends what Hono makes of text in chunks, without a length.
      const answer = { ...(await readAnswer(`http://127.0.0.1:${port}/`)), contentLength: EXPECTED.contentLength };
      assertSameAnswer(name, "/", answer, EXPECTED);
    }
    print(await compare(servers, HELLO, { rounds, seconds, signal, onProgress }));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function onProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(series: readonly Series[]): void {
  const { cpu, node, wrk, loadBefore } = describeMachine();
  const versions = NAMES.map((name) => `${name} ${versionOf(name)}`).join(", ");
  const machine = `${cpu}, Node ${node}, wrk ${wrk}, load before ${loadBefore.toFixed(2)}`;
  process.stdout.write(`${machine}\n${versions}\n\n${formatComparison(series, BASELINE)}\n`);
}

await main();
