/**
 * A header or trailer section as offsets, given meaning when somebody asks.
 *
 * The scanner notes where each line's name and value begin and end, relative to the section's first byte. The first
 * question that needs text decodes the whole section once, and every name and value is a slice of that. Until then the
 * table refers to the caller's bytes, and after `own` to nothing but its text.
 */
import { decodeLatin1, decodeShortLatin1, SHORT_TEXT } from "./latin1-text.ts";

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
  /**
   * The name of a field line as sent. With `valueAt` this reads all fields without an array for each.
   *
   * @param index From 0, below `size`; beyond, an empty string.
   */
  nameAt(index: number): string;
  /** The value of a field line; see `nameAt`. */
  valueAt(index: number): string;
  /** All names and values in turn, as in Node's `rawHeaders`: the fastest way to have them all. */
  flat(): string[];
}

/** Fields that a new set of offsets has room for; most requests have fewer. */
const FIRST_FIELDS = 32;
/** Sets of offsets kept for the next message of any parser, so that idle connections hold none. 16 times 624 bytes. */
const SPARE_SETS = 16;
/** Bounds of a field: start and end of its name, start and end of its value. */
const BOUNDS = 4;
/** Fields that the parser knows. */
const KNOWN_FIELDS = 6;

/** Where fields stand, relative to the first byte of their section. */
export class FieldOffsets {
  /** Of each field in turn, its four bounds; the ends are exclusive. */
  readonly bounds: Int32Array;
  /** Of each field, the tag of its name, so that a lookup passes over most fields at one byte each. */
  readonly nameTags: Uint8Array;
  /** Of each field that the parser knows, the index of its first line (see known-fields.ts). */
  readonly known: Uint16Array = new Uint16Array(KNOWN_FIELDS);

  constructor(fields: number) {
    this.bounds = new Int32Array(fields * BOUNDS);
    this.nameTags = new Uint8Array(fields);
  }

  /** Notes field `index`, which there must be room for. */
  setBounds(index: number, nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    const { bounds } = this;
    const place = index * BOUNDS;
    bounds[place] = nameStart;
    bounds[place + 1] = nameEnd;
    bounds[place + 2] = valueStart;
    bounds[place + 3] = valueEnd;
  }

  /** A copy with room for `fields` fields, of which the first `size` are those of this. */
  resized(fields: number, size: number): FieldOffsets {
    const copy = new FieldOffsets(fields);
    copy.bounds.set(this.bounds.subarray(0, size * BOUNDS));
    copy.nameTags.set(this.nameTags.subarray(0, size));
    copy.known.set(this.known);
    return copy;
  }
}

/** A number below 256 that equal names share: from the first letter, in lower case, and the length. */
export function nameTag(first: number, length: number): number {
  return ((first | 0x20) + length * 5) & 255;
}

const NO_OFFSETS: FieldOffsets = /* @__PURE__ */ new FieldOffsets(0);
const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
const spareSets: FieldOffsets[] = [];

export class FieldTable implements FieldSection {
  offsets: FieldOffsets = NO_OFFSETS;
  size = 0;
  /** Where the first field line begins. */
  fieldsStart = 0;
  /** Known fields seen, and seen more than once: one bit each (see known-fields.ts). */
  present = 0;
  repeated = 0;
  /** Tags of names seen, and seen more than once: one bit for each 32nd part of them. */
  tagsOnce = 0;
  tagsTwice = 0;
  /** Where scanning stopped, in case it has to go on with the next chunk; at the end, the section's length. */
  scanned = 0;
  lineStart = 0;
  /** End of the current line's name; 0 while the name is being read. */
  nameEnd = 0;
  #bytes: Uint8Array = NO_BYTES;
  #start = 0;
  #text: string | undefined = "";

  /** Begins a section. The table is taken from the spare ones. */
  open(): void {
    if (this.offsets === NO_OFFSETS) this.offsets = spareSets.pop() ?? new FieldOffsets(FIRST_FIELDS);
    this.size = 0;
    this.fieldsStart = 0;
    this.present = 0;
    this.repeated = 0;
    this.tagsOnce = 0;
    this.tagsTwice = 0;
    this.scanned = 0;
    this.lineStart = 0;
    this.nameEnd = 0;
  }

  /** Says that a start line has been read and the field lines begin. */
  openFields(fieldsStart: number): void {
    this.fieldsStart = fieldsStart;
    this.scanned = fieldsStart;
    this.lineStart = fieldsStart;
  }

  /** Makes room for twice as many fields. */
  grow(): FieldOffsets {
    const size = this.offsets.nameTags.length;
    return (this.offsets = this.offsets.resized(size * 2, size));
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
    if (this.offsets !== NO_OFFSETS && spareSets.length < SPARE_SETS) spareSets.push(this.offsets);
    this.offsets = NO_OFFSETS;
    this.size = 0;
    this.tagsOnce = 0;
    this.#bytes = NO_BYTES;
    this.#text = "";
  }

  /** Gives up the offsets for a copy of the exact size, for a section that will be kept. */
  settle(): void {
    this.own();
    const { offsets, size } = this;
    if (offsets === NO_OFFSETS) return;
    this.offsets = offsets.resized(size, size);
    if (spareSets.length < SPARE_SETS) spareSets.push(offsets);
  }

  /** The section's text from `start` to `end` (exclusive), relative to its first byte. */
  slice(start: number, end: number): string {
    if (this.#text !== undefined) return this.#text.slice(start, end);
    const length = end - start;
    const at = this.#start + start;
    // Who reads a short target and nothing else need not decode the section.
    if (length <= SHORT_TEXT && at + SHORT_TEXT <= this.#bytes.length) {
      return decodeShortLatin1(this.#bytes, at, length);
    }
    return this.#decode().slice(start, end);
  }

  nameStartOf(index: number): number {
    return this.offsets.bounds[index * BOUNDS]!;
  }

  nameEndOf(index: number): number {
    return this.offsets.bounds[index * BOUNDS + 1]!;
  }

  valueStartOf(index: number): number {
    return this.offsets.bounds[index * BOUNDS + 2]!;
  }

  valueEndOf(index: number): number {
    return this.offsets.bounds[index * BOUNDS + 3]!;
  }

  get(name: string): string | undefined {
    const tag = nameTag(name.charCodeAt(0), name.length);
    if ((this.tagsOnce & (1 << tag)) === 0) return undefined;
    const first = this.#find(name, tag, 0);
    if (first === this.size) return undefined;
    const value = this.valueAt(first);
    if ((this.tagsTwice & (1 << tag)) === 0 || this.#find(name, tag, first + 1) === this.size) return value;
    return this.#joined(name, value);
  }

  getAll(name: string): string[] {
    const tag = nameTag(name.charCodeAt(0), name.length);
    const values: string[] = [];
    for (let index = this.#find(name, tag, 0); index < this.size; index = this.#find(name, tag, index + 1)) {
      values.push(this.valueAt(index));
    }
    return values;
  }

  has(name: string): boolean {
    const tag = nameTag(name.charCodeAt(0), name.length);
    return (this.tagsOnce & (1 << tag)) !== 0 && this.#find(name, tag, 0) < this.size;
  }

  nameAt(index: number): string {
    return index < this.size ? this.slice(this.nameStartOf(index), this.nameEndOf(index)) : "";
  }

  valueAt(index: number): string {
    return index < this.size ? this.slice(this.valueStartOf(index), this.valueEndOf(index)) : "";
  }

  flat(): string[] {
    const text = this.#text ?? this.#decode();
    const { bounds } = this.offsets;
    // oxlint-disable-next-line unicorn/no-new-array -- its length is known; growing by push takes a tenth of the whole
    const flat: string[] = new Array<string>(this.size * 2);
    for (let index = 0; index < flat.length; index++)
      flat[index] = text.slice(bounds[index * 2], bounds[index * 2 + 1]);
    return flat;
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    for (let index = 0; index < this.size; index++) yield [this.nameAt(index), this.valueAt(index)];
  }

  #joined(name: string, first: string): string {
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === "set-cookie") return first;
    return this.getAll(name).join(lowerCaseName === "cookie" ? "; " : ", ");
  }

  /** Index of the first field called `name` from `from` on; `size` when there is none. */
  #find(name: string, tag: number, from: number): number {
    const { size } = this;
    const { nameTags } = this.offsets;
    for (let index = from; index < size; index++) {
      if (nameTags[index] === tag && this.#isNamed(index, name)) return index;
    }
    return size;
  }

  /** Whether field `index` is called `name`, ignoring the case of ASCII letters (RFC 9110 §5.1). */
  #isNamed(index: number, name: string): boolean {
    const start = this.nameStartOf(index);
    if (this.nameEndOf(index) - start !== name.length) return false;
    for (let at = 0; at < name.length; at++) {
      if (!isSameLetter(name.charCodeAt(at), this.#byteAt(start + at))) return false;
    }
    return true;
  }

  #byteAt(at: number): number {
    return this.#text === undefined ? this.#bytes[this.#start + at]! : this.#text.charCodeAt(at);
  }

  #decode(): string {
    return (this.#text = decodeLatin1(this.#bytes, this.#start, this.#start + this.scanned));
  }
}

/** Whether two characters are the same, or the same ASCII letter in two cases. */
function isSameLetter(one: number, other: number): boolean {
  if (one === other) return true;
  const lowerCase = one | 0x20;
  return lowerCase === (other | 0x20) && lowerCase >= 0x61 && lowerCase <= 0x7a;
}
