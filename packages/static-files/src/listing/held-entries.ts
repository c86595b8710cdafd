// Of all sites of a thread: 55 MB of entries, 110 when they are ordered by size or time.
const MAX_HELD = 500_000;
// A directory of this size is listed whatever other listings hold.
const ALWAYS_HELD = 1024;

let heldByAll = 0;

/** Listings hold as many entries as they may together: this one can be had a moment later. */
export class TooManyEntries extends Error {}

/** The entries of one listing, which it holds until it has been sent: for as long as its client takes to read it. */
export class HeldEntries {
  #count = 0;

  /** @throws {TooManyEntries} There is no room for so many. */
  growTo(count: number): void {
    const more = count - this.#count;
    if (count > ALWAYS_HELD && heldByAll + more > MAX_HELD) throw new TooManyEntries();
    heldByAll += more;
    this.#count = count;
  }

  release(): void {
    heldByAll -= this.#count;
    this.#count = 0;
  }
}
