import { parseArgs } from "node:util";
import { SERVERS } from "./servers/all.ts";
import type { ServerDefinition } from "./servers/server.ts";
import { type Work, WORKS } from "./works.ts";

export interface BenchOptions {
  /** 1 to 100; default 5. */
  readonly rounds: number;
  /** Length of one measurement; 1 to 60, default 1. */
  readonly seconds: number;
  readonly servers: readonly ServerDefinition[];
  readonly works: readonly Work[];
  /** Something was left out, or measured fewer times, so the result must not replace that of a whole run. */
  readonly partial: boolean;
}

const DEFAULT_ROUNDS = 5;

export const USAGE: string = `Usage: pnpm bench [options]

  --rounds <n>      rounds per work, 1 to 100 (default 5)
  --seconds <n>     seconds per measurement, 1 to 60 (default 1)
  --only <names>    servers, separated by commas: ${SERVERS.map(({ name }) => name).join(", ")}
  --work <names>    works, separated by commas: ${WORKS.map(({ name }) => name).join(", ")}
  --help            this text
`;

/**
 * @returns "help" when that was asked for.
 * @throws {TypeError | RangeError} An unknown option, name or number.
 */
export function parseOptions(args: readonly string[]): BenchOptions | "help" {
  const { values } = parseArgs({
    // pnpm hands on the "--" of `pnpm bench -- --rounds 3`.
    args: args[0] === "--" ? args.slice(1) : [...args],
    options: {
      rounds: { type: "string", default: String(DEFAULT_ROUNDS) },
      seconds: { type: "string", default: "1" },
      only: { type: "string" },
      work: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const servers = select("--only", values.only, SERVERS);
  const works = select("--work", values.work, WORKS);
  const rounds = parseWhole("--rounds", values.rounds, 100);
  return {
    rounds,
    seconds: parseWhole("--seconds", values.seconds, 60),
    servers,
    works,
    partial: servers.length < SERVERS.length || works.length < WORKS.length || rounds < DEFAULT_ROUNDS,
  };
}

function select<T extends { readonly name: string }>(
  option: string,
  names: string | undefined,
  from: readonly T[],
): T[] {
  if (names === undefined) return [...from];
  const wanted = names.split(",");
  const unknown = wanted.find((name) => !from.some((item) => item.name === name));
  if (unknown !== undefined) {
    const known = from.map(({ name }) => `"${name}"`).join(", ");
    throw new RangeError(`Cannot use ${option} "${unknown}": expected some of ${known}`);
  }
  return from.filter(({ name }) => wanted.includes(name));
}

function parseWhole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new RangeError(`Cannot use ${option} "${text}": expected a whole number from 1 to ${most}`);
}
