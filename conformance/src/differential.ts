/**
 * The same bytes to our server and to every other that is installed; writes DIFFERENTIAL.md.
 * Fails on a difference that is not explained and on anything that we accept and two peers refuse.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAsyncServer } from "@tinyhttp/async-server";

import { concurrently } from "./concurrently.ts";
import { differencesOf, faultsOf, formatDifferences, type Column } from "./differential-table.ts";
import { echoHandler } from "./echo-handler.ts";
import { observe } from "./outcome.ts";
import { startBackend } from "./peers/backend.ts";
import { PEER_KINDS } from "./peers/kinds.ts";
import { installedVersion, startPeer, type PeerKind } from "./peers/peer.ts";
import { loadRequestVectors } from "./vectors.ts";

const CONNECTIONS_AT_ONCE = 24;

const vectors = loadRequestVectors();
const missing = PEER_KINDS.filter((kind) => installedVersion(kind) === undefined);
if (missing.length > 0) reportMissing(missing);

const ours = await observeOurs();
const peers = await observePeers(PEER_KINDS.filter((kind) => !missing.includes(kind)));
const differences = differencesOf(vectors, ours, peers);
const faults = faultsOf(differences);
for (const fault of faults) console.error(fault);
console.log(
  `${vectors.length} vectors, ${peers.length} peers, ${differences.length} differences, ${faults.length} faults`,
);
// A table without some columns would undo the whole one.
if (missing.length === 0) {
  writeFileSync(new URL("../DIFFERENTIAL.md", import.meta.url), formatDifferences(vectors, ours, peers, differences));
}
process.exitCode = faults.length > 0 || missing.length > 0 ? 1 : 0;

function reportMissing(kinds: readonly PeerKind[]): void {
  const packages = kinds.flatMap(({ debianPackage }) => debianPackage ?? []);
  console.error(
    `Not installed: ${kinds.map(({ name }) => name).join(", ")}. DIFFERENTIAL.md stays as it is without them`,
  );
  console.error(`  apt-get install --no-install-recommends ${packages.join(" ")}`);
}

async function observeOurs(): Promise<Column> {
  const server = createAsyncServer(echoHandler);
  const address = await server.listen({ port: 0, host: "127.0.0.1" });
  if (address.kind !== "tcp") throw new Error(`Cannot observe our server: expected a TCP address, got ${address.kind}`);
  const outcomes = await concurrently(vectors, CONNECTIONS_AT_ONCE, (vector) => observe(address.port, vector));
  await server.close({ deadlineMs: 1000 });
  return { name: "tinyhttp", version: "this tree", outcomes };
}

async function observePeers(kinds: readonly PeerKind[]): Promise<Column[]> {
  const directory = mkdtempSync(join(tmpdir(), "tinyhttp-peers-"));
  const backend = await startBackend();
  const columns: Column[] = [];
  try {
    for (const [index, kind] of kinds.entries()) {
      const own = join(directory, String(index));
      mkdirSync(own);
      columns.push(await observePeer(kind, own, backend.port));
    }
    return columns;
  } finally {
    await backend.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function observePeer(kind: PeerKind, directory: string, backendPort: number): Promise<Column> {
  const peer = await startPeer(kind, directory, backendPort);
  try {
    const outcomes = await concurrently(vectors, CONNECTIONS_AT_ONCE, (vector) => observe(peer.port, vector));
    return { name: kind.name, version: installedVersion(kind) ?? "", outcomes };
  } finally {
    await peer.stop();
  }
}
