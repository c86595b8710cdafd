/** Ways to cut the same bytes into writes. A server must not be able to tell them apart. */
export type Delivery = "whole" | "byte-at-a-time" | { readonly splitAt: number };

// Longer vectors are about limits: they are cut into pieces that no boundary of theirs aligns with.
const BYTEWISE_AT_MOST = 1024;
const PIECE_BYTES = 97;

export function cut(raw: string, delivery: Delivery): string[] {
  if (delivery === "whole") return [raw];
  if (delivery === "byte-at-a-time") return piecesOf(raw, raw.length > BYTEWISE_AT_MOST ? PIECE_BYTES : 1);
  return [raw.slice(0, delivery.splitAt), raw.slice(delivery.splitAt)];
}

/** All places to split `raw` in two. */
export function everySplit(raw: string): Delivery[] {
  return Array.from({ length: Math.max(0, raw.length - 1) }, (_, index) => ({ splitAt: index + 1 }));
}

/** At most `count` places, spread over `raw` from one that differs from vector to vector. */
export function sampleSplits(raw: string, count: number): Delivery[] {
  const every = everySplit(raw);
  const step = Math.max(1, Math.floor(every.length / count));
  return every.filter((_, index) => index % step === raw.length % step).slice(0, count);
}

function piecesOf(raw: string, bytes: number): string[] {
  const pieces: string[] = [];
  for (let offset = 0; offset < raw.length; offset += bytes) pieces.push(raw.slice(offset, offset + bytes));
  return pieces;
}
