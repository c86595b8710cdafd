import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Outcome, readRequests, toBytes, type Vector } from "./vectors.ts";

const file = new URL("../../../conformance/vectors/http1-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];
const requests = vectors.filter((vector) => vector.kind === "request");

function expectOutcome(outcome: Outcome, { expect: wanted }: Vector): void {
  expect(outcome.outcome).toBe(wanted.outcome);
  expect(outcome.messages).toEqual(wanted.messages);
  if (wanted.outcome === "reject") expect(wanted.status).toContain(outcome.status);
}

describe("RequestParser on the conformance vectors", () => {
  it.each(requests)("reads $id whole (RFC $section)", (vector) => {
    const outcome = readRequests([toBytes(vector.raw)]);
    expectOutcome(outcome, vector);
  });

  it.each(requests)("reads $id the same one byte at a time", (vector) => {
    const bytes = toBytes(vector.raw);
    const whole = readRequests([bytes.slice()]);
    const outcome = readRequests([...bytes].map((byte) => Uint8Array.of(byte)));
    expect(outcome).toEqual(whole);
  });

  it.each(requests)("reads $id the same split in two at every place", (vector) => {
    const bytes = toBytes(vector.raw);
    const whole = JSON.stringify(readRequests([bytes.slice()]));
    for (let at = 1; at < bytes.length; at++) {
      const outcome = JSON.stringify(readRequests([bytes.slice(0, at), bytes.slice(at)]));
      if (outcome !== whole) expect(outcome, `split at byte ${at}`).toBe(whole);
    }
  });
});
