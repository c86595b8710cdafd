import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const START_MS = 10_000;

/** A Redis of the test's own, on a Unix socket in a directory of its own, with nothing kept on disk. */
export class RedisServer implements AsyncDisposable {
  readonly #directory = mkdtempSync(join(tmpdir(), "rate-limits-"));
  readonly socket: string = join(this.#directory, "redis.sock");
  #process: ChildProcess | undefined;

  async start(): Promise<this> {
    const options = { port: "0", unixsocket: this.socket, save: "", appendonly: "no", dir: this.#directory };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    this.#process = spawn("/usr/bin/redis-server", flags, { stdio: "ignore" });
    const deadline = performance.now() + START_MS;
    while (!(await this.#answers())) {
      if (performance.now() > deadline) throw new Error("Cannot reach the redis-server that was started");
      await delay(10);
    }
    return this;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const exited = once(process, "exit");
    process.kill("SIGKILL");
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const socket = connect(this.socket);
    try {
      await once(socket, "connect");
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }
}
