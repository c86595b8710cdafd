import { measure, type Sample } from "./measurement.ts";
import { requestFields } from "./request-fields.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Work } from "./works.ts";

/** All rounds of one server at one work, in the order of the rounds. */
export interface Series {
  readonly server: string;
  readonly samples: readonly Sample[];
}

export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

// Enough for V8 to compile what is hot and for the servers to fill their caches.
export const WARM_UP_SECONDS = 2;

/**
 * Measures the servers in turn, round after round. Each round starts with another server, so that none always
 * follows the same neighbour.
 */
export async function compare(servers: readonly ServerProcess[], work: Work, options: RoundOptions): Promise<Series[]> {
  const samples = new Map<string, Sample[]>();
  const fields = new Map<string, readonly string[]>();
  for (const server of servers) {
    options.onProgress(`${work.name}: warming up ${server.name}`);
    fields.set(server.name, await requestFields(work, server.port));
    await measure(server, work, fields.get(server.name) ?? [], WARM_UP_SECONDS, options.signal);
    samples.set(server.name, []);
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const server of rotate(servers, round)) {
      options.onProgress(`${work.name}: round ${round + 1} of ${options.rounds}, ${server.name}`);
      const sample = await measure(server, work, fields.get(server.name) ?? [], options.seconds, options.signal);
      samples.get(server.name)?.push(sample);
    }
  }
  return servers.map(({ name }) => ({ server: name, samples: samples.get(name) ?? [] }));
}

export function rotate<T>(items: readonly T[], by: number): T[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
