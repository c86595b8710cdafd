/**
 * A header or trailer section as offsets, given meaning when somebody asks.
 *
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 §5). The scanner reads line by line up to the empty line
 * that ends the section, and notes where each line's name and value begin and end in the window. When the window ends
 * inside a line, that line is read again from its first byte once there is more.
 *
 * The first question that needs text decodes the whole section once, and every name and value is a slice of that.
 * Until then the table refers to the caller's bytes, and after `own` to nothing but its text.
 */
import { endOfFieldContent, endOfRun } from "./byte-run.ts";
import {
  FIELD_LINE_TOO_LONG,
  FIELD_NAME_INVALID,
  FIELD_NAME_SPACE,
  FIELD_SECTION_TOO_LONG,
  FIELD_VALUE_INVALID,
  OBS_FOLD,
  TOO_MANY_FIELDS,
} from "./errors.ts";
import { BOUNDS, FIRST_FIELDS, NAME_END, NAME_START, SPARE_ARRAYS, VALUE_END, VALUE_START } from "./field-bounds.ts";
import type { FieldSection } from "./field-section.ts";
import { CLASSES, COLON, SP, TCHAR, WHITESPACE } from "./grammar.ts";
import { decodeLatin1 } from "./latin1-text.ts";
import type { ParserLimits } from "./limits.ts";
import { cutShort, isCrlf, NOTHING, WINDOW } from "./window.ts";

const NO_BOUNDS: Int32Array = /* @__PURE__ */ new Int32Array(0);
const spareArrays: Int32Array[] = [];

/** A number that equal names share: from the first letter, in either case, and the length. Its last five bits count. */
function nameTag(first: number, length: number): number {
  return (first | 0x20) + length * 5;
}

export class FieldTable implements FieldSection {
  /** Of each field in turn, its four bounds, as window indexes. */
  #bounds: Int32Array = NO_BOUNDS;
  size = 0;
  /** Where the first field line begins; 0 while that is not known. */
  fieldsStart = 0;
  /** Behind what has been read: where a line begins, or where the section ends. */
  end = 0;
  /** Where the section begins. */
  start = 0;
  /** Tags of names seen, and seen more than once: one bit each. */
  #tagsOnce = 0;
  #tagsTwice = 0;
  #bytes: Uint8Array = NOTHING;
  /** What is added to a window index for an index of the bytes. */
  #shift = 0;
  #text: string | undefined = "";

  /**
   * Begins a section. The bounds are taken from the spare ones.
   *
   * @param start Where it begins.
   * @param fieldsStart Where the first field line begins; 0 while a start line stands before it.
   */
  open(start: number, fieldsStart: number): void {
    if (this.#bounds === NO_BOUNDS) this.#bounds = spareArrays.pop() ?? new Int32Array(FIRST_FIELDS * BOUNDS);
    this.size = this.#tagsOnce = this.#tagsTwice = 0;
    this.start = start;
    this.fieldsStart = this.end = fieldsStart;
  }

  /** Makes room for twice as many fields. */
  #grow(): Int32Array {
    const larger = new Int32Array(this.#bounds.length * 2);
    larger.set(this.#bounds);
    return (this.#bounds = larger);
  }

  /**
   * Reads field lines in the window from `end` on.
   *
   * @param sectionBytes The longest section, with the CRLFs between its lines.
   * @param count The most lines.
   * @returns Whether the section is complete; `end` is then behind it.
   */
  // oxlint-disable-next-line max-lines-per-function -- the loop over every byte of a head: as one function its state stays in registers
  scan({ maxFieldLineBytes: lineBytes }: ParserLimits, sectionBytes: number, count: number): boolean {
    const sectionLimit = this.fieldsStart + sectionBytes;
    let { size } = this;
    let bounds = this.#bounds;
    let tagsOnce = this.#tagsOnce;
    let tagsTwice = this.#tagsTwice;
    let lineStart = this.end;
    let nameEnd: number;
    let at: number;
    for (;;) {
      nameEnd = at = endOfRun(TCHAR, lineStart);
      if (WINDOW[at] !== COLON || at === lineStart) break;
      at = endOfFieldContent(at + 1);
      // The NUL behind the last byte is neither, so what is not CRLF may be CRLF cut short.
      if (!isCrlf(at)) break;
      if (at - lineStart > lineBytes || at > sectionLimit || size >= count) break;
      let valueStart = nameEnd + 1;
      // Field content holds no other byte up to SP than SP and HTAB.
      while (WINDOW[valueStart]! <= SP && valueStart < at) valueStart++;
      let valueEnd = at;
      while (WINDOW[valueEnd - 1]! <= SP && valueEnd > valueStart) valueEnd--;
      const place = size * BOUNDS;
      if (place === bounds.length) bounds = this.#grow();
      bounds[place + NAME_START] = lineStart;
      bounds[place + NAME_END] = nameEnd;
      bounds[place + VALUE_START] = valueStart;
      bounds[place + VALUE_END] = valueEnd;
      const tag = 1 << nameTag(WINDOW[lineStart]!, nameEnd - lineStart);
      tagsTwice |= tagsOnce & tag;
      tagsOnce |= tag;
      size++;
      lineStart = at + 2;
    }
    this.size = size;
    this.#tagsOnce = tagsOnce;
    this.#tagsTwice = tagsTwice;
    this.end = lineStart;
    if (at === lineStart && isCrlf(at)) {
      this.end = at + 2;
      return true;
    }
    const inValue = at > nameEnd;
    let rule = inValue ? FIELD_VALUE_INVALID : FIELD_NAME_INVALID;
    if (!inValue && (CLASSES[WINDOW[at]!]! & WHITESPACE) !== 0) rule = at === lineStart ? OBS_FOLD : FIELD_NAME_SPACE;
    const lineLimit = lineStart + lineBytes;
    if (at > lineLimit && lineLimit <= sectionLimit)
      return cutShort(rule, at, FIELD_LINE_TOO_LONG, lineLimit, lineBytes);
    if (at > sectionLimit || !inValue || !isCrlf(at)) {
      return cutShort(rule, at, FIELD_SECTION_TOO_LONG, sectionLimit, sectionBytes);
    }
    return cutShort(rule, at, TOO_MANY_FIELDS, lineStart, count);
  }

  /**
   * Says which bytes the bounds refer to; they must stay as they are until `own` or `release`.
   *
   * @param at Index in `bytes` of the section's first byte.
   */
  refer(bytes: Uint8Array, at: number): void {
    this.#bytes = bytes;
    this.#shift = at - this.start;
    this.#text = undefined;
  }

  /** Ends the reference to the caller's bytes, by decoding them. */
  own(): void {
    this.#decoded();
    this.#bytes = NOTHING;
  }

  /** Forgets the section. Whoever still looks at it sees an empty one, never another connection's. */
  release(): void {
    this.#spare(NO_BOUNDS);
    this.size = this.#tagsOnce = 0;
    this.#bytes = NOTHING;
    this.#text = "";
  }

  /** Gives up the bounds for a copy of the exact size, for a section that will be kept. */
  settle(): void {
    this.own();
    this.#spare(this.#bounds.slice(0, this.size * BOUNDS));
  }

  /** The text from window index `start` to `end` (exclusive). */
  slice(start: number, end: number): string {
    return this.#decoded().slice(start - this.start, end - this.start);
  }

  get(name: string): string | undefined {
    const first = this.find(name);
    if (first < 0) return undefined;
    const value = this.valueAt(first);
    if (this.find(name, first + 1) < 0) return value;
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === "set-cookie") return value;
    return this.getAll(name).join(lowerCaseName === "cookie" ? "; " : ", ");
  }

  getAll(name: string): string[] {
    const values: string[] = [];
    for (let index = this.find(name); index >= 0; index = this.find(name, index + 1)) values.push(this.valueAt(index));
    return values;
  }

  has(name: string): boolean {
    return this.find(name) >= 0;
  }

  nameAt(index: number): string {
    return this.#part(index, NAME_START);
  }

  valueAt(index: number): string {
    return this.#part(index, VALUE_START);
  }

  flat(): string[] {
    const text = this.#decoded();
    const start = this.start;
    const bounds = this.#bounds;
    // oxlint-disable-next-line unicorn/no-new-array -- its length is known; growing by push takes a tenth of the whole
    const flat: string[] = new Array<string>(this.size * 2);
    for (let index = 0; index < flat.length; index++) {
      flat[index] = text.slice(bounds[index * 2]! - start, bounds[index * 2 + 1]! - start);
    }
    return flat;
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    for (let index = 0; index < this.size; index++) yield [this.nameAt(index), this.valueAt(index)];
  }

  /**
   * Index of a field called `name` (RFC 9110 §5.1: in any case); -1 when there is none.
   *
   * @param from 0 for the first; 1 and the index of one for the next.
   */
  find(name: string, from: number = 0): number {
    if (((from === 0 ? this.#tagsOnce : this.#tagsTwice) & (1 << nameTag(name.charCodeAt(0), name.length))) === 0)
      return -1;
    for (let index = from; index < this.size; index++) if (this.isText(name, index, NAME_START)) return index;
    return -1;
  }

  /** Window index of a bound of the field at `index`: 0 and 1 are those of its name, 2 and 3 those of its value. */
  boundOf(index: number, bound: number): number {
    return this.#bounds[index * BOUNDS + bound]!;
  }

  /** Whether the part of the field at `index` that begins with this bound is `text`, ignoring the case of ASCII letters. */
  isText(text: string, index: number, bound: number): boolean {
    const start = this.boundOf(index, bound);
    if (this.boundOf(index, bound + 1) - start !== text.length) return false;
    for (let at = 0; at < text.length; at++) {
      const one = text.charCodeAt(at);
      const other = this.#byteAt(start + at);
      const lowerCase = one | 0x20;
      if (one !== other && (lowerCase !== (other | 0x20) || lowerCase < 0x61 || lowerCase > 0x7a)) return false;
    }
    return true;
  }

  #byteAt(index: number): number {
    const byte = this.#bytes[index + this.#shift];
    return byte === undefined ? this.#decoded().charCodeAt(index - this.start) : byte;
  }

  #part(index: number, part: number): string {
    return index < this.size ? this.slice(this.boundOf(index, part), this.boundOf(index, part + 1)) : "";
  }

  #decoded(): string {
    return (this.#text ??= decodeLatin1(this.#bytes, this.start + this.#shift, this.end + this.#shift));
  }

  /** Leaves the bounds for others. */
  #spare(bounds: Int32Array): void {
    if (this.#bounds.length >= FIRST_FIELDS * BOUNDS && spareArrays.length < SPARE_ARRAYS)
      spareArrays.push(this.#bounds);
    this.#bounds = bounds;
  }
}
