/**
 * HalfSipHash-2-4 with 64 bits of output (Aumasson and Bernstein) of a string's UTF-16LE bytes. Keys come from
 * clients; without the secret nobody can choose keys that meet in one place of a table.
 */
const FINAL_ROUNDS = 4;
const INPUT_ROUNDS = 2;

/** One hash at a time: each `hash` overwrites `high` and `low`, so that hashing allocates nothing. */
export class KeyedHash {
  high = 0;
  low = 0;
  readonly #key0: number;
  readonly #key1: number;
  #v0 = 0;
  #v1 = 0;
  #v2 = 0;
  #v3 = 0;

  constructor(key0: number, key1: number) {
    this.#key0 = key0;
    this.#key1 = key1;
  }

  hash(text: string): void {
    this.#v0 = this.#key0;
    this.#v1 = this.#key1 ^ 0xee;
    this.#v2 = 0x6c796765 ^ this.#key0;
    this.#v3 = 0x74656462 ^ this.#key1;
    const { length } = text;
    const even = length & ~1;
    for (let at = 0; at < even; at += 2) this.#absorb(text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16));
    this.#absorb((length << 25) | (even < length ? text.charCodeAt(even) : 0));
    this.#v2 ^= 0xee;
    this.#mix(FINAL_ROUNDS);
    this.low = this.#v1 ^ this.#v3;
    this.#v1 ^= 0xdd;
    this.#mix(FINAL_ROUNDS);
    this.high = this.#v1 ^ this.#v3;
  }

  #absorb(word: number): void {
    this.#v3 ^= word;
    this.#mix(INPUT_ROUNDS);
    this.#v0 ^= word;
  }

  #mix(rounds: number): void {
    let v0 = this.#v0;
    let v1 = this.#v1;
    let v2 = this.#v2;
    let v3 = this.#v3;
    for (let round = 0; round < rounds; round++) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    this.#v0 = v0;
    this.#v1 = v1;
    this.#v2 = v2;
    this.#v3 = v3;
  }
}
