import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readVector, toBytes, type Vector } from "./vectors.ts";

const file = new URL("../../../conformance/vectors/http1-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

describe("the parsers on the conformance vectors", () => {
  it.each(vectors)("reads $kind $id whole (RFC $section)", (vector) => {
    const outcome = readVector(vector, [toBytes(vector.raw)]);
    expect(outcome.outcome).toBe(vector.expect.outcome);
    expect(outcome.messages).toEqual(vector.expect.messages);
    if (vector.expect.status !== undefined) expect(vector.expect.status).toContain(outcome.status);
  });

  it.each(vectors)("reads $kind $id the same one byte at a time", (vector) => {
    const bytes = toBytes(vector.raw);
    const whole = readVector(vector, [bytes.slice()]);
    const outcome = readVector(
      vector,
      [...bytes].map((byte) => Uint8Array.of(byte)),
    );
    expect(outcome).toEqual(whole);
  });

  it.each(vectors)("reads $kind $id the same split in two at every place", (vector) => {
    const bytes = toBytes(vector.raw);
    const whole = JSON.stringify(readVector(vector, [bytes.slice()]));
    for (let at = 1; at < bytes.length; at++) {
      const outcome = JSON.stringify(readVector(vector, [bytes.slice(0, at), bytes.slice(at)]));
      if (outcome !== whole) expect(outcome, `split at byte ${at}`).toBe(whole);
    }
  });
});
