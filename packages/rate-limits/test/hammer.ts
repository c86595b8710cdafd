import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ConcurrencyLimit, RateLimit } from "../src/index.ts";

/** What each thread is told. */
export interface HammerTask {
  readonly threads: number;
  readonly holder: number;
  readonly gate: SharedArrayBuffer;
  readonly keys: number;
  /** How often each thread takes from each key. */
  readonly times: number;
  readonly rate: { readonly limit: RateLimit; readonly memory: SharedArrayBuffer };
  readonly concurrency: {
    readonly limit: ConcurrencyLimit;
    readonly memory: SharedArrayBuffer;
    readonly held: SharedArrayBuffer;
  };
}

/** What each thread answers. */
export interface HammerResult {
  readonly allowed: readonly number[];
  readonly mostHeld: number;
  /** When it began to take and when it had taken, on the clock that all threads share. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Runs `threads` of hammer-thread.ts at once. */
export async function hammer(task: Omit<HammerTask, "holder" | "gate">): Promise<HammerResult[]> {
  const gate = new SharedArrayBuffer(4);
  return await Promise.all(
    Array.from({ length: task.threads }, async (_, holder) => {
      const workerData: HammerTask = { ...task, gate, holder };
      const worker = new Worker(new URL("./hammer-thread.ts", import.meta.url), { workerData });
      const [result] = (await once(worker, "message")) as [HammerResult];
      await worker.terminate();
      return result;
    }),
  );
}
