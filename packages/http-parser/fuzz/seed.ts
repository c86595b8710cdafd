/**
 * Writes the first corpus from the conformance vectors: `node fuzz/seed.ts`. What fuzzing adds to it is kept beside.
 * The vectors themselves are tested whole; here each is cut into pieces of another size.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Vector } from "../test/vectors.ts";

const vectors = JSON.parse(
  readFileSync(new URL("../../../conformance/vectors/http1-vectors.json", import.meta.url), "utf8"),
) as Vector[];
const METHODS = ["GET", "HEAD", "CONNECT"];

for (const [index, vector] of vectors.entries()) {
  if (vector.raw.length > 2000) continue;
  const folder = new URL(`corpus/${vector.kind}-parser/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  const size = String.fromCharCode(1 + (index % 40));
  const method = vector.kind === "request" ? "" : String.fromCharCode(METHODS.indexOf(vector.request_method ?? "GET"));
  writeFileSync(new URL(vector.id, folder), Buffer.from(size + method + vector.raw, "latin1"));
}
