/** Reads the vectors where there is no test runner: in another runtime, in a page. */
import { type Outcome, readVector, toBytes, type Vector } from "./vectors.ts";

/** Vectors longer than this are cut at a hundred places, not at all. */
const LONG = 2000;

/** The ids of the vectors whose outcome is wrong, whole, byte by byte, or split in two. */
export function failedVectors(vectors: readonly Vector[]): string[] {
  return vectors.filter((vector) => !isReadRightly(vector)).map(({ id }) => id);
}

function isReadRightly(vector: Vector): boolean {
  const bytes = toBytes(vector.raw);
  const whole = readVector(vector, [bytes.slice()]);
  if (!isWanted(whole, vector)) return false;
  const wanted = JSON.stringify(whole);
  const isSame = (chunks: Uint8Array[]): boolean => JSON.stringify(readVector(vector, chunks)) === wanted;
  if (!isSame(Array.from(bytes, (byte) => Uint8Array.of(byte)))) return false;
  const step = bytes.length > LONG ? Math.ceil(bytes.length / 100) : 1;
  for (let at = 1; at < bytes.length; at += step) {
    if (!isSame([bytes.slice(0, at), bytes.slice(at)])) return false;
  }
  return true;
}

function isWanted(outcome: Outcome, { expect: wanted }: Vector): boolean {
  if (outcome.outcome !== wanted.outcome) return false;
  if (wanted.status !== undefined && !wanted.status.includes(outcome.status ?? 0)) return false;
  return JSON.stringify(outcome.messages.map(canonical)) === JSON.stringify(wanted.messages.map(canonical));
}

/** The same members in the same order. */
function canonical(message: object): [string, unknown][] {
  return Object.entries(message).sort(([one], [other]) => (one < other ? -1 : 1));
}
