/** Short ways to feed a parser text and see what it makes of it. */
import { HttpSyntaxError, type ParserLimits, type RequestHead, RequestParser } from "../src/index.ts";
import { toBytes, toText } from "./vectors.ts";

/** A parser that has read the head of `text`. */
export function parserAtHead(text: string, limits?: Partial<ParserLimits>): RequestParser {
  const parser = new RequestParser({ limits });
  parser.feed(toBytes(text));
  if (parser.next() !== "head") throw new Error("expected a head");
  return parser;
}

export function headOf(text: string, limits?: Partial<ParserLimits>): RequestHead {
  return parserAtHead(text, limits).takeHead();
}

/** Everything `parser` reads from `chunks`: `head`, `data:…`, `end`, or the error's code and offset. */
export function eventsOf(parser: RequestParser, ...chunks: string[]): string[] {
  const events: string[] = [];
  try {
    for (const chunk of chunks) {
      parser.feed(toBytes(chunk));
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        events.push(event === "data" ? `data:${toText(parser.data)}` : event);
      }
    }
  } catch (error) {
    if (!(error instanceof HttpSyntaxError)) throw error;
    events.push(`${error.code} at ${error.offset}`);
  }
  return events;
}

/** The code and offset of what `text` is refused for. */
export function refusalOf(text: string, limits?: Partial<ParserLimits>): string | undefined {
  const last = eventsOf(new RequestParser({ limits }), text).at(-1);
  return last?.includes(" at ") === true ? last : undefined;
}
