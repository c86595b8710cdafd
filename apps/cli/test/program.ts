/** Runs the program as a person or a service manager would, from source, and says what came of it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

// Kept between runs: stripping the types of every file again takes two thirds of a start from source.
const COMPILED_CODE = fileURLToPath(new URL("../node_modules/.cache/compiled-code", import.meta.url));

export const PROGRAM: readonly string[] = [process.execPath, "--conditions=@tinyhttp/source", MAIN];

export interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Leaves standard input open, for what a person types later. */
  readonly interactive?: boolean;
}

/** Runs a command to its end. */
export async function run(command: readonly string[], options: RunOptions = {}): Promise<Result> {
  const running = new Running(command, options);
  return running.ended;
}

/** Runs the program to its end. */
export function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Result> {
  return run([...PROGRAM, ...args], options);
}

// A test that fails by running out of time leaves its processes behind.
const underWay = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of underWay) child.kill("SIGKILL");
});

/** A process that is under way, and what it has printed so far. */
export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Result>;
  stdout = "";
  stderr = "";

  constructor(command: readonly string[], options: RunOptions = {}) {
    const [program = "", ...args] = command;
    this.child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: "1", NODE_COMPILE_CACHE: COMPILED_CODE, ...options.env },
      stdio: "pipe",
    });
    underWay.add(this.child);
    this.child.once("exit", () => underWay.delete(this.child));
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.child.stdin?.on("error", () => {});
    if (options.interactive !== true) this.child.stdin?.end();
    this.ended = once(this.child, "close").then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
    // A failure to start is seen by whoever waits; it must not be an unhandled rejection for the others.
    this.ended.catch(() => {});
  }

  /** Waits until `test` finds something in what was printed. */
  async printed(test: RegExp, stream: "stdout" | "stderr" = "stdout"): Promise<RegExpExecArray> {
    for (;;) {
      const match = test.exec(this[stream]);
      if (match !== null) return match;
      const source = this.child[stream];
      if (this.child.exitCode !== null || source === null) {
        throw new Error(`Ended with ${this.child.exitCode} before ${test} on ${stream}: ${this.stdout}${this.stderr}`);
      }
      await Promise.race([once(source, "data"), this.ended]);
    }
  }

  type(text: string): void {
    this.child.stdin?.write(text);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async stop(): Promise<Result> {
    this.signal("SIGTERM");
    return this.ended;
  }
}

/** A program that listens, and where. */
export class Served extends Running {
  url = "";

  static async start(args: readonly string[], options: RunOptions = {}): Promise<Served> {
    const served = new Served([...PROGRAM, ...args], options);
    const [url] = await served.printed(/^https?:\S+/m);
    served.url = url;
    return served;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.stop();
  }
}

/** Serves on a free port until the block that holds it ends. */
export function serve(args: readonly string[], options: RunOptions = {}): Promise<Served> {
  return Served.start(["--port", "0", ...args], options);
}

/** These tests use real clients; a machine without one is not prepared, which is not the same as a pass. */
export function needs(program: string, debianPackage: string): void {
  if (existsSync(program)) return;
  throw new Error(`Cannot test with ${program}: install Debian's package ${debianPackage}`);
}
