/** Runs an example as its reader would, and says where it listens. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export class Example implements AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
  }

  static async start(name: string, env: Record<string, string> = {}): Promise<Example> {
    const file = fileURLToPath(new URL(`../${name}.ts`, import.meta.url));
    const child = spawn(process.execPath, ["--conditions=@tinyhttp/source", file], {
      env: { ...process.env, PORT: "0", ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of child.stdout.setEncoding("utf8")) {
      const url = /https?:\/\/\S+/.exec(String(line))?.[0];
      if (url !== undefined) return new Example(child, url);
    }
    throw new Error(`The example ${name} ended with ${child.exitCode} before it said where it listens`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGKILL");
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
  }
}
