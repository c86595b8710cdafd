import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "../secrets/secret.ts";

/** What is stored in place of a key. A slow hash would add nothing to 256 random bits, and cost 28 ms a request. */
export function keyDigest(pepper: Secret, text: string): Buffer {
  return createHmac("sha256", pepper.reveal()).update(text).digest();
}

/** Compares in a time that depends on neither. */
export function isSameDigest(digest: Buffer, stored: Buffer): boolean {
  return digest.length === stored.length && timingSafeEqual(digest, stored);
}
