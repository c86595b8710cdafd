/**
 * A header or trailer section as offsets, given meaning when somebody asks.
 *
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 §5). The scanner reads line by line up to the empty line
 * that ends the section, and notes where each line's name and value begin and end in the window. When the window ends
 * inside a line, that line is read again from its first byte once there is more.
 *
 * The first question for a long text decodes the whole section once, and every name and value is a slice of that. Until
 * then the table refers to the caller's bytes, short texts are made from the window while it still shows the section, and
 * after `own` the table refers to nothing but its text.
 */
import { endOfRun, endOfText } from "./byte-run.ts";
import {
  FIELD_LINE_TOO_LONG,
  FIELD_NAME_INVALID,
  FIELD_NAME_SPACE,
  FIELD_SECTION_TOO_LONG,
  FIELD_VALUE_INVALID,
  OBS_FOLD,
  TOO_MANY_FIELDS,
} from "./errors.ts";
import { BOUNDS, NAME_START, NAME_TAG, VALUE_END, VALUE_START } from "./field-bounds.ts";
import type { FieldSection } from "./field-section.ts";
import { CLASSES, FIELD_CONTENT, SP_WORD, TCHAR, WHITESPACE } from "./grammar.ts";
import { decodeLatin1 } from "./latin1-text.ts";
import { HIGHEST_LIMIT, type ParserLimits, SHORT_TEXT_BYTES } from "./limits.ts";
import { byteAt, cutShort, isCrlf, NOTHING, shortText, showing, WINDOW, windowEnd } from "./window.ts";

/**
 * The bounds of the section that is read or was read last: all tables share this array as they share the window, so that
 * idle connections hold none and the scanner knows its address. Four for each line, which has at least four bytes.
 */
const SHARED_BOUNDS: Int32Array = /* @__PURE__ */ new Int32Array(HIGHEST_LIMIT);
/** The table whose bounds stand there. */
let owner: FieldTable | undefined;

const BYTES = WINDOW;

/**
 * What equal names share, as `NAME_TAG` notes it: the length, and above its 16 bits a number made of it and the first
 * letter. The lowest five bits of that are the name's bit in `FieldTable.tags`; the factor is the one with which the
 * framing fields and Host have bits that no other field has which browsers and proxies send.
 */
function tagOfName(first: number, length: number): number {
  return (((first | 0x20) + length * 9) << 16) | length;
}

export function tagOf(name: string): number {
  return tagOfName(name.charCodeAt(0), name.length);
}

export class FieldTable implements FieldSection {
  /** Of each field in turn, as field-bounds.ts says: the shared ones, or a copy when another section has been read since. */
  #bounds: Int32Array = SHARED_BOUNDS;
  size = 0;
  /** Where the first field line begins; 0 while that is not known. */
  fieldsStart = 0;
  /** Behind what has been read: where a line begins, or where the section ends. */
  end = 0;
  /** Where the section begins; -1 when there is none. */
  start = -1;
  /** Tags of names seen, and seen more than once: one bit each, which other names may share. */
  tags = 0;
  #tagsTwice = 0;
  #bytes: Uint8Array = NOTHING;
  /** What the window showed when it held the section. */
  #shown = 0;
  /** What is added to a window index for an index of the bytes. */
  #shift = 0;
  #text: string | undefined = "";

  /**
   * Begins a section.
   *
   * @param start Where it begins.
   * @param fieldsStart Where the first field line begins; 0 while a start line stands before it.
   */
  open(start: number, fieldsStart: number): void {
    this.size = this.tags = this.#tagsTwice = 0;
    this.start = start;
    this.fieldsStart = this.end = fieldsStart;
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
    // A section that is shown again is not yet shown up to here: what stands here is another connection's.
    if (this.end > windowEnd) return false;
    if (owner !== this) this.#takeBounds();
    // In this loop numbers stand for constants of other modules, which would be looked up for every line, and `| 0` says
    // that a sum does not overflow: both together save a tenth of reading a browser's request.
    const sectionLimit = this.fieldsStart + sectionBytes;
    let { size } = this;
    let tagsOnce = this.tags;
    let tagsTwice = this.#tagsTwice;
    let lineStart = this.end;
    let nameEnd: number;
    let at: number;
    for (;;) {
      nameEnd = at = endOfRun(TCHAR, lineStart);
      // ":"
      if (BYTES[at] !== 0x3a || at === lineStart) break;
      at = endOfText(FIELD_CONTENT, SP_WORD, at + 1);
      // The NUL behind the last byte is neither, so what is not CRLF may be CRLF cut short.
      if (!isCrlf(at)) break;
      if (at - lineStart > lineBytes || at > sectionLimit || size >= count) break;
      let valueStart = (nameEnd + 1) | 0;
      // Field content holds no other byte up to SP than SP and HTAB.
      while (BYTES[valueStart]! <= 0x20 && valueStart < at) valueStart = (valueStart + 1) | 0;
      let valueEnd = at;
      while (BYTES[valueEnd - 1]! <= 0x20 && valueEnd > valueStart) valueEnd = (valueEnd - 1) | 0;
      const nameTag = tagOfName(BYTES[lineStart]!, (nameEnd - lineStart) | 0);
      // In the order of field-bounds.ts.
      const place = size << 2;
      SHARED_BOUNDS[place] = lineStart;
      SHARED_BOUNDS[place + 1] = nameTag;
      SHARED_BOUNDS[place + 2] = valueStart;
      SHARED_BOUNDS[place + 3] = valueEnd;
      const tag = 1 << (nameTag >> 16);
      tagsTwice |= tagsOnce & tag;
      tagsOnce |= tag;
      size = (size + 1) | 0;
      lineStart = (at + 2) | 0;
    }
    this.size = size;
    this.tags = tagsOnce;
    this.#tagsTwice = tagsTwice;
    this.end = lineStart;
    if (at === lineStart && isCrlf(at)) {
      this.end = at + 2;
      return true;
    }
    let rule = at > nameEnd ? FIELD_VALUE_INVALID : FIELD_NAME_INVALID;
    if (at === nameEnd && (CLASSES[byteAt(at)]! & WHITESPACE) !== 0)
      rule = at === lineStart ? OBS_FOLD : FIELD_NAME_SPACE;
    const lineLimit = lineStart + lineBytes;
    if (size >= count) return cutShort(rule, at, TOO_MANY_FIELDS, lineStart, count);
    return lineLimit > sectionLimit
      ? // The section may end here, though the CRLF of its last line stands behind the limit.
        cutShort(rule, at, FIELD_SECTION_TOO_LONG, Math.max(lineStart, sectionLimit), sectionBytes)
      : cutShort(rule, at, FIELD_LINE_TOO_LONG, lineLimit, lineBytes);
  }

  /**
   * Says which bytes the bounds refer to; they must stay as they are until `own` or `release`.
   *
   * @param at Index in `bytes` of the section's first byte.
   */
  refer(bytes: Uint8Array, at: number): void {
    this.#bytes = bytes;
    this.#shift = at - this.start;
    this.#shown = showing;
    this.#text = undefined;
  }

  /** Ends the reference to the caller's bytes, by decoding them. */
  own(): void {
    this.#decoded();
    this.#bytes = NOTHING;
  }

  /** Forgets the section. Whoever still looks at it sees an empty one, never another connection's. */
  release(): void {
    this.size = 0;
    this.start = -1;
    this.#bytes = NOTHING;
    this.#text = "";
  }

  /** The text from window index `start` to `end` (exclusive). */
  slice(start: number, end: number): string {
    if (this.#text === undefined && end - start <= SHORT_TEXT_BYTES && this.#shown === showing)
      return shortText(start, end);
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
    if (index >= this.size) return "";
    const start = this.boundOf(index, NAME_START);
    return this.slice(start, start + (this.boundOf(index, NAME_TAG) & 0xffff));
  }

  valueAt(index: number): string {
    return index < this.size ? this.slice(this.boundOf(index, VALUE_START), this.boundOf(index, VALUE_END)) : "";
  }

  flat(): string[] {
    const text = this.#decoded();
    const { size, start } = this;
    // oxlint-disable-next-line unicorn/no-new-array -- its length is known; growing by push takes a tenth of the whole
    const flat: string[] = new Array<string>(size * 2);
    for (let index = 0; index < size; index++) {
      const nameStart = this.boundOf(index, NAME_START) - start;
      flat[index * 2] = text.slice(nameStart, nameStart + (this.boundOf(index, NAME_TAG) & 0xffff));
      flat[index * 2 + 1] = text.slice(
        this.boundOf(index, VALUE_START) - start,
        this.boundOf(index, VALUE_END) - start,
      );
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
    const tag = tagOf(name);
    if (((from === 0 ? this.tags : this.#tagsTwice) & (1 << (tag >> 16))) === 0) return -1;
    const bounds = this.#bounds;
    const { size } = this;
    for (let index = from; index < size; index++) {
      const place = index * BOUNDS;
      if (bounds[place + NAME_TAG] === tag && this.#isTextAt(name, bounds[place]!)) return index;
    }
    return -1;
  }

  /** A number that is noted of the field at `index`: which, field-bounds.ts says. */
  boundOf(index: number, bound: number): number {
    return this.#bounds[index * BOUNDS + bound]!;
  }

  #isTextAt(text: string, start: number): boolean {
    const section = this.#shown === showing ? undefined : this.#decoded();
    for (let at = 0; at < text.length; at++) {
      const one = text.charCodeAt(at);
      const other = section === undefined ? byteAt(start + at) : section.charCodeAt(start + at - this.start);
      const lowerCase = one | 0x20;
      if (one !== other && (lowerCase !== (other | 0x20) || lowerCase < 0x61 || lowerCase > 0x7a)) return false;
    }
    return true;
  }

  /** Makes the shared bounds those of this section; whose they were gets a copy, if it is still of use. */
  #takeBounds(): void {
    if (owner !== undefined && owner.size > 0) owner.#bounds = SHARED_BOUNDS.slice(0, owner.size * BOUNDS);
    if (this.size > 0) SHARED_BOUNDS.set(this.#bounds);
    this.#bounds = SHARED_BOUNDS;
    // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment -- noted as whose the bounds are, not to be called
    owner = this;
  }

  #decoded(): string {
    return (this.#text ??= decodeLatin1(this.#bytes, this.start + this.#shift, this.end + this.#shift));
  }
}
