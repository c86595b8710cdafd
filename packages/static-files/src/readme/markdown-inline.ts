/**
 * The inline part of Markdown as HTML: emphasis, code, links, pictures, line ends. HTML in the text is left out, tags
 * and comments alike, and everything else is escaped on its way, so that no input can make an element that is not
 * written here. One pass; every look ahead is bounded, as anybody may have written the text.
 */
import { escapeHtml } from "../listing/escape-html.ts";
import { linkAddress, pictureAddress } from "./markdown-links.ts";

/** Destinations of `[name]: destination`, by name in lower case. */
export type LinkDefinitions = ReadonlyMap<string, string>;

const CODE_FENCE = /`+/y;
const ESCAPE = /\\([!-/:-@[-`{-~])/y;
const HARD_BREAK = /(?: {2,}|\\)\n */y;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/iy;
const ANGLE_LINK = /<((?:https?:\/\/|mailto:)[^\s<>]{1,1000})>/iy;
const BARE_LINK = /https?:\/\/[^\s<>"'`)\]*]{1,1000}/iy;
const PICTURE_TAG = /<img\s[^<>]{0,1000}>/iy;
const BREAK_TAG = /<br\s*\/?>/iy;
const TAG = /<(?:\/?[a-z][^<>]{0,1000}|!--[^]{0,1000}?--|![a-z][^<>]{0,1000})>/iy;
const DESTINATION =
  /\(\s{0,9}(?:<([^<>\n]{0,1000})>|((?:[^\s()<>]|\([^\s()<>]{0,200}\)){0,1000}))(?:\s{1,9}(?:"[^"]{0,200}"|'[^']{0,200}'))?\s{0,9}\)/y;
const LABEL = /\[([^[\]]{0,200})\]/y;
const DELIMITER = /(?:\*+|_+|~~)/y;
const PLAIN = /[^\\`*_~[\]!<&h \n]+|[^]/y;

// Pictures in links, and emphasis in both: nobody needs more.
const MAX_DEPTH = 3;
// Each closing run looks through what is open.
const MAX_OPEN = 100;

interface Opener {
  readonly character: string;
  /** Where its characters stand in the output. */
  readonly index: number;
  left: number;
  tags: string;
}

export function renderInline(text: string, definitions: LinkDefinitions, depth: number = 0): string {
  return new InlineRenderer(text, definitions, depth).render();
}

class InlineRenderer {
  readonly #text: string;
  readonly #definitions: LinkDefinitions;
  readonly #depth: number;
  readonly #brackets: ReadonlyMap<number, number>;
  readonly #out: string[] = [];
  readonly #openers: Opener[] = [];
  // Lengths of backtick runs that have no second one further on.
  readonly #lonelyFences: Set<number> = new Set();
  #at = 0;

  constructor(text: string, definitions: LinkDefinitions, depth: number) {
    this.#text = text;
    this.#definitions = definitions;
    this.#depth = depth;
    this.#brackets = matchBrackets(text);
  }

  render(): string {
    while (this.#at < this.#text.length) this.#step();
    for (const { character, index, left, tags } of this.#openers) this.#out[index] = character.repeat(left) + tags;
    return this.#out.join("");
  }

  #step(): void {
    const character = this.#text[this.#at];
    if (character === "`" && this.#code()) return;
    if (character === "!" && this.#text[this.#at + 1] === "[" && this.#link(this.#at + 1, true)) return;
    if (character === "[" && this.#link(this.#at, false)) return;
    if ((character === "*" || character === "_" || character === "~") && this.#delimiter()) return;
    if (character === "<" && this.#angle()) return;
    const escaped = this.#take(ESCAPE);
    if (escaped !== undefined) return this.#emit(escapeHtml(escaped[1] ?? ""));
    if (this.#take(HARD_BREAK) !== undefined) return this.#emit("<br>\n");
    const reference = this.#take(REFERENCE);
    if (reference !== undefined) return this.#emit(reference[0]);
    const bare = character === "h" && this.#depth === 0 ? this.#take(BARE_LINK) : undefined;
    if (bare !== undefined) return this.#bareLink(bare[0]);
    this.#emit(escapeHtml(this.#take(PLAIN)?.[0] ?? ""));
  }

  #code(): boolean {
    const start = this.#at;
    const fence = this.#take(CODE_FENCE)?.[0] ?? "";
    const end = this.#lonelyFences.has(fence.length) ? -1 : this.#closingFence(fence);
    if (end === -1) {
      this.#lonelyFences.add(fence.length);
      this.#emit(fence);
      return true;
    }
    const content = this.#text.slice(start + fence.length, end).replaceAll("\n", " ");
    const isPadded = content.startsWith(" ") && content.endsWith(" ") && content.trim() !== "";
    this.#emit(`<code>${escapeHtml(isPadded ? content.slice(1, -1) : content)}</code>`);
    this.#at = end + fence.length;
    return true;
  }

  #closingFence(fence: string): number {
    const runs = new RegExp(CODE_FENCE, "g");
    runs.lastIndex = this.#at;
    for (let run = runs.exec(this.#text); run !== null; run = runs.exec(this.#text)) {
      if (run[0].length === fence.length) return run.index;
    }
    return -1;
  }

  #link(open: number, isPicture: boolean): boolean {
    const close = this.#brackets.get(open);
    if (close === undefined || this.#depth >= MAX_DEPTH) return false;
    const label = this.#text.slice(open + 1, close);
    const before = this.#at;
    this.#at = close + 1;
    const destination = this.#destination(label);
    if (destination === undefined) {
      this.#at = before;
      return false;
    }
    this.#emit(isPicture ? this.#picture(destination, label) : this.#anchor(destination, label));
    return true;
  }

  #destination(label: string): string | undefined {
    const inline = this.#take(DESTINATION);
    if (inline !== undefined) return (inline[1] ?? inline[2] ?? "").replace(/\\([!-/:-@[-`{-~])/g, "$1");
    const reference = this.#take(LABEL)?.[1] || label;
    return this.#definitions.get(reference.toLowerCase());
  }

  #anchor(destination: string, label: string): string {
    const content = renderInline(label, this.#definitions, this.#depth + 1);
    const address = this.#depth === 0 ? linkAddress(destination) : undefined;
    return address === undefined ? content : `<a href="${escapeHtml(address)}" rel="nofollow">${content}</a>`;
  }

  #picture(destination: string, label: string): string {
    const address = pictureAddress(destination);
    const text = escapeHtml(label);
    if (address !== undefined) return `<img src="${escapeHtml(address)}" alt="${text}" loading="lazy">`;
    const elsewhere = this.#depth === 0 ? linkAddress(destination) : undefined;
    if (elsewhere === undefined) return text;
    return `<a href="${escapeHtml(elsewhere)}" rel="nofollow">${text || escapeHtml(elsewhere)}</a>`;
  }

  #bareLink(found: string): void {
    const address = found.replace(/[.,:;!?]+$/, "");
    this.#at -= found.length - address.length;
    this.#emit(`<a href="${escapeHtml(address)}" rel="nofollow">${escapeHtml(address)}</a>`);
  }

  #angle(): boolean {
    const link = this.#depth === 0 ? this.#take(ANGLE_LINK)?.[1] : undefined;
    if (link !== undefined) {
      this.#emit(`<a href="${escapeHtml(link)}" rel="nofollow">${escapeHtml(link)}</a>`);
      return true;
    }
    const picture = this.#take(PICTURE_TAG)?.[0];
    if (picture !== undefined) {
      this.#emit(this.#picture(attribute(picture, "src"), attribute(picture, "alt")));
      return true;
    }
    if (this.#take(BREAK_TAG) !== undefined) this.#emit("<br>");
    else if (this.#take(TAG) === undefined) return false;
    return true;
  }

  // Emphasis by CommonMark's flanking rules, without its rule of three.
  #delimiter(): boolean {
    const start = this.#at;
    const run = this.#take(DELIMITER)?.[0];
    if (run === undefined) return false;
    const character = run.charAt(0);
    const before = this.#text[start - 1] ?? " ";
    const after = this.#text[this.#at] ?? " ";
    const isWordInside = character === "_" && /[\p{L}\p{N}_]/u.test(before) && /[\p{L}\p{N}_]/u.test(after);
    const opens = !isWordInside && !/\s/.test(after) && (!/\p{P}/u.test(after) || !/[\p{L}\p{N}]/u.test(before));
    const closes = !isWordInside && !/\s/.test(before);
    const left = closes ? this.#close(character, run.length) : run.length;
    if (left > 0) {
      if (opens) this.#openers.push({ character, index: this.#out.length, left, tags: "" });
      if (this.#openers.length > MAX_OPEN) for (const lost of this.#openers.splice(0, 1)) this.#settle(lost);
      this.#emit(character.repeat(left));
    }
    return true;
  }

  /** Ends what was opened with this character; how many characters of the closing run are left. */
  #close(character: string, length: number): number {
    let left = length;
    let index = this.#openers.findLastIndex((opener) => opener.character === character && opener.left > 0);
    while (left > 0 && index !== -1) {
      const opener = this.#openers[index];
      if (opener === undefined) break;
      // What was opened since then and not ended stays as it is written.
      for (const lost of this.#openers.splice(index + 1)) this.#settle(lost);
      const width = Math.min(2, left, opener.left);
      const tag = character === "~" ? "del" : width === 2 ? "strong" : "em";
      opener.tags = `<${tag}>${opener.tags}`;
      opener.left -= width;
      left -= width;
      this.#emit(`</${tag}>`);
      if (opener.left === 0) for (const done of this.#openers.splice(index)) this.#settle(done);
      index = this.#openers.findLastIndex((other) => other.character === character && other.left > 0);
    }
    return left;
  }

  #settle({ character, index, left, tags }: Opener): void {
    this.#out[index] = character.repeat(left) + tags;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }

  #emit(html: string): void {
    this.#out.push(html);
  }
}

/** Each opening bracket with its closing one. */
function matchBrackets(text: string): ReadonlyMap<number, number> {
  const matches = new Map<number, number>();
  const open: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "\\") index += 1;
    else if (character === "[") open.push(index);
    else if (character === "]") {
      const start = open.pop();
      if (start !== undefined) matches.set(start, index);
    }
  }
  return matches;
}

function attribute(tag: string, name: "src" | "alt"): string {
  return new RegExp(`\\s${name}\\s{0,9}=\\s{0,9}(?:"([^"]*)"|'([^']*)')`, "i").exec(tag)?.slice(1).find(Boolean) ?? "";
}
