/**
 * Adds the conformance vectors to the corpora of the parsers: `node fuzz/seed.ts`. Each is cut into pieces of another
 * size; the next run of the fuzzer drops those that reach nothing new.
 */
import { readFileSync } from "node:fs";
import type { Vector } from "../test/vectors.ts";
import { readCorpus, writeCorpus } from "./corpus.ts";

const METHODS = ["GET", "HEAD", "CONNECT"];
const LONGEST = 2000;

const vectors = JSON.parse(
  readFileSync(new URL("../../../conformance/vectors/http1-vectors.json", import.meta.url), "utf8"),
) as Vector[];

for (const kind of ["request", "response"] as const) {
  const inputs = vectors.flatMap((vector, index) => {
    if (vector.kind !== kind || vector.raw.length > LONGEST) return [];
    // Twice the size, behind no long start: see `pieces`.
    const size = String.fromCharCode(2 + 2 * (index % 40));
    const method = kind === "request" ? "" : String.fromCharCode(METHODS.indexOf(vector.request_method ?? "GET"));
    return [Buffer.from(size + method + vector.raw, "latin1")];
  });
  writeCorpus(`${kind}-parser`, [...readCorpus(`${kind}-parser`), ...inputs]);
}
