/** The kept inputs of a target: one file of base64 strings, the shortest first, so that a change of it can be read. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function fileOf(target: string): URL {
  return new URL(`corpus/${target}.json`, import.meta.url);
}

export function readCorpus(target: string): Buffer[] {
  const inputs = JSON.parse(readFileSync(fileOf(target), "utf8")) as string[];
  return inputs.map((input) => Buffer.from(input, "base64"));
}

export function writeCorpus(target: string, inputs: readonly Buffer[]): void {
  const sorted = [...inputs].sort((one, other) => one.length - other.length || one.compare(other));
  mkdirSync(new URL(".", fileOf(target)), { recursive: true });
  writeFileSync(
    fileOf(target),
    `${JSON.stringify(
      sorted.map((input) => input.toString("base64")),
      undefined,
      1,
    )}\n`,
  );
}

/** Writes each input to a file of its own, as fuzzers want them. */
export function unpackCorpus(target: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, input] of readCorpus(target).entries()) writeFileSync(join(folder, String(index)), input);
}

/** Keeps the inputs of `folder` instead of those kept before. */
export function packCorpus(target: string, folder: string): void {
  writeCorpus(
    target,
    readdirSync(folder).map((name) => readFileSync(join(folder, name))),
  );
}
