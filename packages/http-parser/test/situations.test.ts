import { describe, expect, it } from "vitest";
import { HttpSyntaxError, RequestParser, ResponseParser } from "../src/index.ts";
import { REQUESTS, RESPONSES, type Situation } from "./situations.ts";
import { toBytes, toText } from "./vectors.ts";

type Fields = Iterable<readonly [string, string]>;

function listOf(fields: Fields): string {
  return `{${[...fields].map(([name, value]) => (name === "Host" ? name : `${name}=${value}`)).join()}}`;
}

function startLineOf(parser: RequestParser | ResponseParser): string {
  const { head } = parser;
  return "method" in head ? `${head.method} ${head.target}` : `${head.status} ${head.reasonPhrase}`;
}

/** As {@link Situation.read} tells it. */
function read(parser: RequestParser | ResponseParser, chunks: readonly Uint8Array[]): string[] {
  const messages: string[] = [];
  const pull = (): void => {
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
      if (event === "head") messages.push(`${startLineOf(parser)} ${listOf(parser.head.fields)} `);
      else if (event === "data") messages.push(`${messages.pop()}${toText(parser.data)}`);
      else if ([...parser.trailers].length > 0) messages.push(`${messages.pop()} ${listOf(parser.trailers)}`);
    }
  };
  try {
    for (const chunk of chunks) {
      parser.feed(chunk);
      pull();
      chunk.fill(0x21);
    }
    parser.finish();
    pull();
  } catch (error) {
    if (!(error instanceof HttpSyntaxError)) throw error;
    if (parser.midMessage) messages.pop();
    messages.push(`${error.code} at ${error.offset}`);
  }
  return messages;
}

function check({ raw, read: wanted }: Situation, newParser: () => RequestParser | ResponseParser): void {
  const bytes = toBytes(raw);
  expect(read(newParser(), [bytes.slice()])).toEqual(wanted);
  expect(
    read(
      newParser(),
      Array.from(bytes, (byte) => Uint8Array.of(byte)),
    ),
  ).toEqual(wanted);
  for (let at = 1; at < bytes.length; at++) {
    expect(read(newParser(), [bytes.slice(0, at), bytes.slice(at)]), `split at byte ${at}`).toEqual(wanted);
  }
}

describe("what other parsers' suites ask", () => {
  it.each(REQUESTS)("of a request: $about", (situation) => check(situation, () => new RequestParser()));

  it.each(RESPONSES)("of a response: $about", (situation) =>
    check(situation, () => {
      const parser = new ResponseParser();
      parser.expect("GET");
      return parser;
    }),
  );
});
