import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram, Served, type RunOptions } from "./program.ts";

/** Somebody who runs a server: with a configuration and a state directory of their own, which nobody else's keys are in. */
export class Operator {
  readonly home: string = mkdtempSync(join(tmpdir(), "tinyhttp-operator-"));
  readonly env: Record<string, string> = {
    XDG_CONFIG_HOME: join(this.home, "config"),
    XDG_STATE_HOME: join(this.home, "state"),
  };

  constructor() {
    mkdirSync(join(this.home, "site"));
  }

  /** Makes a key, and gives its text. */
  async createKey(...args: string[]): Promise<string> {
    const { stdout, stderr } = await runProgram(["keys", "create", ...args], { env: this.env });
    if (!stdout.startsWith("thk_")) throw new Error(`No key was made: ${stderr}`);
    return stdout.trim();
  }

  serve(args: readonly string[], options: RunOptions = {}): Promise<Served> {
    return Served.start(["--port", "0", ...args], { cwd: this.home, ...options, env: { ...this.env, ...options.env } });
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

export function idOf(key: string): string {
  return key.split("_")[1] ?? "";
}
