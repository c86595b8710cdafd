import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { openSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** What a peer is started with. */
interface Setting {
  /** A temporary directory of its own. */
  readonly directory: string;
  /** The loopback port to listen on. */
  readonly port: number;
  /** The loopback port of the server behind it. */
  readonly backendPort: number;
}

/** Another HTTP server: how it is found, configured and started. */
export interface PeerKind {
  readonly name: string;
  /** The Debian package; absent for what comes with Node. */
  readonly debianPackage?: string;
  /** A command that succeeds when the peer is installed, and prints its version. */
  readonly versionCommand: readonly [string, ...string[]];
  readonly version: RegExp;
  /** The configuration, written to `config` in its directory. */
  readonly config?: (setting: Setting) => string;
  /** The command that runs in the foreground until it is stopped. */
  readonly command: (setting: Setting) => readonly [string, ...string[]];
}

/** A peer that listens. */
export interface RunningPeer {
  readonly port: number;
  stop(): Promise<void>;
}

/** The version that is installed; `undefined` when none is. */
export function installedVersion({ versionCommand: [command, ...words], version }: PeerKind): string | undefined {
  const { stdout, stderr, status } = spawnSync(command, words, { encoding: "utf8" });
  return status === 0 ? version.exec(stdout + stderr)?.[0] : undefined;
}

/** Starts a peer in `directory` and waits until it accepts connections. */
export async function startPeer(kind: PeerKind, directory: string, backendPort: number): Promise<RunningPeer> {
  const setting = { directory, backendPort, port: await freePort() };
  if (kind.config !== undefined) writeFileSync(join(directory, "config"), kind.config(setting));
  const log = openSync(join(directory, "log"), "a");
  const [command, ...words] = kind.command(setting);
  const child = spawn(command, words, { cwd: directory, stdio: ["ignore", log, log] });
  await untilListening(kind.name, child, setting.port);
  return { port: setting.port, stop: () => stopChild(child) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await Promise.race([exit, setTimeout(3000)]);
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await exit;
}

async function untilListening(name: string, child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) break;
    if (await accepts(port)) return;
    await setTimeout(100);
  }
  await stopChild(child);
  throw new Error(`Cannot start ${name}: it does not listen on port ${port}; see the log in its directory`);
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const accepted = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  socket.destroy();
  return accepted;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
