/**
 * Text from elsewhere (file names, targets, field values) made fit to be shown: nothing in it can move a cursor, end
 * a line, reverse the reading order or pass as a quote. What is escaped can still be read back.
 */

// C0, DEL, C1, line and paragraph separators, zero-width and bidirectional controls, lone surrogates.
const UNSAFE_TO_SHOW =
  // oxlint-disable-next-line no-misleading-character-class -- each is matched alone, on purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;
const UNSAFE_IN_QUOTES = /[^\u0020-\u007e]|["\\]/g;
// Nearly every field is this plain, and a match of the whole takes a third of the time of a search.
const PLAIN_IN_QUOTES = /^[ !#-[\]-~]*$/;

/** For people at a terminal: letters of every script stay as they are. */
export function showable(text: string, maxLength: number = Infinity): string {
  return shortened(text, maxLength).replace(UNSAFE_TO_SHOW, escapeOne);
}

/** For a quoted field of a log line: printable ASCII without `"` and `\`; the rest becomes `\xHH` or `\u{HHHH}`. */
export function quotable(text: string, maxLength: number = Infinity): string {
  const short = shortened(text, maxLength);
  return PLAIN_IN_QUOTES.test(short) ? short : short.replace(UNSAFE_IN_QUOTES, escapeOne);
}

function shortened(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
}

function escapeOne(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
