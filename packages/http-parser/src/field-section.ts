/**
 * A header or trailer section as offsets, given meaning when somebody asks.
 *
 * The scanner fills the table in; each entry says where a field stands, relative to the section's first byte. The
 * first question that needs text decodes the whole section once; names and values are slices of that. Until then the
 * section refers to the caller's bytes, and after `own` to nothing but its text.
 */
import { decodeLatin1 } from "./latin1-text.ts";
import { isNameAt, nameKey } from "./field-name.ts";

/**
 * The fields of a message, in order (RFC 9110 §5.3). Lookups ignore case and never see anything that was not sent:
 * names are compared, not used as property names.
 *
 * Iterating gives each field line as `[name, value]`, names as sent. Values hold one character per byte (latin1),
 * without the white space around them.
 */
export interface FieldSection extends Iterable<readonly [name: string, value: string]> {
  /** Field lines, repeated ones counted each. */
  readonly size: number;
  /**
   * The value of `name`; repeated field lines joined by `", "` (RFC 9110 §5.3), those of Cookie by `"; "` (RFC 6265 §5.4).
   * Set-Cookie cannot be joined (RFC 9110 §5.3): the first line is given; ask `getAll`.
   */
  get(name: string): string | undefined;
  /** Each field line's value, in order; empty when absent. */
  getAll(name: string): string[];
  has(name: string): boolean;
}

/** Numbers per entry: key, name start, name end, value start, value end. */
export const ENTRY_NUMBERS = 5;
/** Entries of a new table; most requests have fewer fields. */
const FIRST_ENTRIES = 32;
/** Tables kept for the next message of any parser, so that idle connections hold none. 16 times 640 bytes. */
const SPARE_TABLES = 16;
const NO_ENTRIES: Int32Array = /* @__PURE__ */ new Int32Array(0);
const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
const spareTables: Int32Array[] = [];

export class FieldTable implements FieldSection {
  entries: Int32Array = NO_ENTRIES;
  size = 0;
  /** Known names seen, and seen more than once: one bit each (see known-fields.ts). */
  present = 0;
  repeated = 0;
  /** Where scanning stopped, relative to the section's first byte, in case it has to go on with the next chunk. */
  scanned = 0;
  lineStart = 0;
  /** End of the current line's name; 0 while the name is being read. */
  nameEnd = 0;
  #bytes: Uint8Array = NO_BYTES;
  #start = 0;
  #text: string | undefined = "";

  /** Begins a section. The table is taken from the spare ones. */
  open(): void {
    if (this.entries.length === 0) {
      this.entries = spareTables.pop() ?? new Int32Array(FIRST_ENTRIES * ENTRY_NUMBERS);
    }
    this.size = 0;
    this.present = 0;
    this.repeated = 0;
    this.scanned = 0;
    this.lineStart = 0;
    this.nameEnd = 0;
  }

  /** Makes room for twice as many entries. */
  grow(): void {
    const larger = new Int32Array(this.entries.length * 2);
    larger.set(this.entries);
    this.entries = larger;
  }

  /** Says which bytes the offsets refer to; they must stay as they are until `own` or `release`. */
  refer(bytes: Uint8Array, start: number): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#text = undefined;
  }

  /** Ends the reference to the caller's bytes, by decoding them. */
  own(): void {
    if (this.#text === undefined) this.#decode();
    this.#bytes = NO_BYTES;
  }

  /** Forgets the section. Whoever still looks at it sees an empty one, never another connection's. */
  release(): void {
    if (this.entries.length !== 0 && spareTables.length < SPARE_TABLES) spareTables.push(this.entries);
    this.entries = NO_ENTRIES;
    this.size = 0;
    this.#bytes = NO_BYTES;
    this.#text = "";
  }

  /** Gives up the table for an array of the exact size, for a section that will be kept. */
  settle(): void {
    this.own();
    const exact = this.entries.slice(0, this.size * ENTRY_NUMBERS);
    if (spareTables.length < SPARE_TABLES) spareTables.push(this.entries);
    this.entries = exact;
  }

  /** The section's text from `start` to `end` (exclusive), relative to its first byte. */
  slice(start: number, end: number): string {
    return (this.#text ?? this.#decode()).slice(start, end);
  }

  get(name: string): string | undefined {
    const first = this.#find(name, 0);
    if (first < 0) return undefined;
    const value = this.#valueAt(first);
    const second = this.#find(name, first + ENTRY_NUMBERS);
    if (second < 0) return value;
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === "set-cookie") return value;
    return this.getAll(name).join(lowerCaseName === "cookie" ? "; " : ", ");
  }

  getAll(name: string): string[] {
    const values: string[] = [];
    for (let at = this.#find(name, 0); at >= 0; at = this.#find(name, at + ENTRY_NUMBERS))
      values.push(this.#valueAt(at));
    return values;
  }

  has(name: string): boolean {
    return this.#find(name, 0) >= 0;
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    for (let at = 0; at < this.size * ENTRY_NUMBERS; at += ENTRY_NUMBERS) {
      yield [this.slice(this.entries[at + 1]!, this.entries[at + 2]!), this.#valueAt(at)];
    }
  }

  #valueAt(at: number): string {
    return this.slice(this.entries[at + 3]!, this.entries[at + 4]!);
  }

  #find(name: string, from: number): number {
    const key = nameKey(name);
    const length = name.length;
    const entries = this.entries;
    for (let at = from; at < this.size * ENTRY_NUMBERS; at += ENTRY_NUMBERS) {
      if (entries[at] !== key) continue;
      const start = entries[at + 1]!;
      if (entries[at + 2]! - start === length && isNameAt(this.#text ?? this.#decode(), start, name)) return at;
    }
    return -1;
  }

  #decode(): string {
    return (this.#text = decodeLatin1(this.#bytes, this.#start, this.#start + this.scanned));
  }
}
