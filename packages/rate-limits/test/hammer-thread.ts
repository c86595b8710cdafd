/** A thread that takes from shared limits as fast as it can, and says how often each key was allowed to. */
import { parentPort, workerData } from "node:worker_threads";
import { concurrencyLimiter, memoryRateLimiter } from "../src/index.ts";
import { sharedClockMs } from "../src/shared-clock.ts";
import type { HammerResult, HammerTask } from "./hammer.ts";

const task = workerData as HammerTask;

function hammerRate(): number[] {
  const limiter = memoryRateLimiter(task.rate.limit, { memory: task.rate.memory });
  return Array.from({ length: task.keys }, (_, key) => {
    let allowed = 0;
    for (let time = 0; time < task.times; time++) if (limiter.take(`key ${key}`).allowed) allowed++;
    return allowed;
  });
}

/** The most that all threads together were seen to hold of one thing. */
function hammerConcurrency(): number {
  const { limit, memory, held } = task.concurrency;
  const limiter = concurrencyLimiter(limit, { memory, holder: task.holder });
  const count = new Int32Array(held);
  let most = 0;
  for (let time = 0; time < task.times; time++) {
    const permit = limiter.acquire("key");
    if (permit === undefined) continue;
    most = Math.max(most, Atomics.add(count, 0, 1) + 1);
    Atomics.sub(count, 0, 1);
    permit.release();
  }
  return most;
}

// All begin together.
Atomics.add(new Int32Array(task.gate), 0, 1);
while (Atomics.load(new Int32Array(task.gate), 0) < task.threads);
const fromMs = sharedClockMs();
const allowed = hammerRate();
const result: HammerResult = { allowed, fromMs, toMs: sharedClockMs(), mostHeld: hammerConcurrency() };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(result);
