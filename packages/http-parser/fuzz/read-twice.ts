/** Reads bytes whole and in pieces, and says where the two differ. What a fuzz target asserts is built on it. */
import { HttpSyntaxError, type ParserEvent, RequestParser } from "../src/index.ts";

/** What both parsers have in common. */
interface Parser {
  feed(bytes: Uint8Array): void;
  next(): ParserEvent;
  readonly data: Uint8Array;
  readonly head: object;
  readonly trailers: Iterable<readonly [string, string]>;
}

/** Everything that was read, as text; the error is its last line. */
export function transcript(parser: Parser, chunks: readonly Uint8Array[], describe: () => string): string {
  const lines: string[] = [];
  let content = "";
  try {
    for (const chunk of chunks) {
      parser.feed(chunk);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "data") content += String.fromCharCode(...parser.data.subarray(0, 4096));
        else if (event === "head") lines.push(describe());
        else lines.push(`${describe()} ${JSON.stringify([content, [...parser.trailers]])}`);
        if (event !== "data") content = "";
        else if (parser.data.length === 0) throw new Error("data is empty");
      }
      chunk.fill(0);
      if (parser.next() !== "need-data") throw new Error("bytes were found where there are none");
      readSomethingElse();
    }
  } catch (error) {
    if (!(error instanceof HttpSyntaxError)) throw error;
    lines.push(`${error.code} ${error.offset} ${error.status} ${error.message}`);
  }
  return lines.join("\n");
}

// Three times what the window shows at a time, of lines that would mean something in a head that went on there.
const ANOTHER_HEAD = Buffer.from(`GET / HTTP/1.1\r\nHost: b\r\n${"Content-Length: 7\r\nX: y\r\n\r\n".repeat(450)}`);

/** Another connection's bytes, so that nothing can rely on the shared window between two chunks. */
function readSomethingElse(): void {
  const other = new RequestParser();
  other.feed(ANOTHER_HEAD);
  other.next();
}

/** Fields longer than what the window shows at a time. */
const LONG_FIELDS = `Host: a\r\nCookie: ${"c".repeat(4200)}\r\n`;

/**
 * The first byte of fuzz input chooses the size of the pieces, and whether a long beginning of a head stands before the
 * rest, which is what is read.
 */
export function pieces(
  input: Uint8Array,
  startLine: string,
): { readonly whole: Uint8Array; readonly split: Uint8Array[] } {
  const choice = input[0] ?? 2;
  const size = Math.max(1, choice >> 1);
  const start = Buffer.from(choice % 2 === 1 ? startLine + LONG_FIELDS : "");
  const bytes = input.subarray(1);
  const split: Uint8Array[] = start.length > 0 ? [start] : [];
  for (let at = 0; at < bytes.length; at += size) split.push(bytes.slice(at, at + size));
  return { whole: Buffer.concat([start, bytes]), split };
}

export function assertSame(whole: string, split: string): void {
  if (whole !== split) throw new Error(`Read differently when split:\n${whole}\n---\n${split}`);
}
