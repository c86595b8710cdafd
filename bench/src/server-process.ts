import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { processTree, type ProcessUsage, readProcessUsage } from "./process-usage.ts";
import { readAnswer } from "./same-answer.ts";
import type { Launch, ServedSite, ServerDefinition } from "./servers/server.ts";
import { SERVER_CORE, TOOL_ENVIRONMENT } from "./tools.ts";

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 3_000;

const onExit = new Set<() => void>();
process.once("exit", () => {
  for (const end of onExit) end();
});

/** A server that runs on the servers' core and answers. It is gone when the harness is, however that ends. */
export class ServerProcess {
  readonly name: string;
  readonly port: number;
  /** Scheme, address and port, without a slash at the end. */
  readonly origin: string;
  /** As in `Launch`. */
  readonly fields: readonly string[];
  readonly #child: ChildProcess;
  readonly #killNow: () => void;
  #errorOutput = "";

  private constructor(name: string, port: number, launch: Launch) {
    this.name = name;
    this.port = port;
    this.origin = `${launch.scheme ?? "http"}://127.0.0.1:${port}`;
    this.fields = launch.fields ?? [];
    // taskset replaces itself with the command, so the child's pid is the server's.
    const cores = (launch.cores ?? [SERVER_CORE]).join(",");
    this.#child = spawn("taskset", ["-c", cores, launch.file, ...launch.args], {
      env: { ...TOOL_ENVIRONMENT, ...launch.env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-1000);
    });
    this.#killNow = (): void => {
      for (const pid of this.#livePids()) kill(pid, "SIGKILL");
    };
    onExit.add(this.#killNow);
  }

  /** Resolves when `path` is answered. */
  static async start(definition: ServerDefinition, site: ServedSite, path: string): Promise<ServerProcess> {
    const port = await freePort();
    const server = new ServerProcess(definition.name, port, definition.start(site, port));
    try {
      await server.#untilAnswering(path);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  usage(): ProcessUsage {
    const [pid] = this.#livePids();
    if (pid === undefined) throw new Error(`Cannot measure ${this.name}: it ended${this.#reason()}`);
    return readProcessUsage(pid);
  }

  /** Asks the server to end, and after 3 s ends it and everything that it started. */
  async stop(): Promise<void> {
    const pids = this.#livePids();
    if (pids.length > 0) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await Promise.race([ended, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
    }
    for (const pid of pids) kill(pid, "SIGKILL");
    onExit.delete(this.#killNow);
  }

  async #untilAnswering(path: string): Promise<void> {
    const giveUpAt = Date.now() + START_LIMIT_MS;
    while (Date.now() < giveUpAt) {
      if (this.#livePids().length === 0) throw new Error(`Cannot start ${this.name}: it ended${this.#reason()}`);
      try {
        await readAnswer(`${this.origin}${path}`);
        return;
      } catch {
        await sleep(50);
      }
    }
    throw new Error(`Cannot start ${this.name}: it did not answer within ${START_LIMIT_MS / 1000} s${this.#reason()}`);
  }

  #reason(): string {
    const text = this.#errorOutput.trim();
    return text === "" ? "" : ` and wrote "${text}"`;
  }

  /** The server first, then what it started. Empty once the server has ended. */
  #livePids(): number[] {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return [];
    try {
      return processTree(pid);
    } catch {
      return [pid];
    }
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
