// Invariant: any bytes give messages or one HttpSyntaxError, nothing else is thrown, and the same at every split.
import { RequestParser } from "../src/index.ts";
import { assertSame, pieces, transcript } from "./read-twice.ts";

export function fuzz(input: Buffer): void {
  const { whole, split } = pieces(input, "GET / HTTP/1.1\r\n");
  assertSame(read([whole]), read(split));
}

function read(chunks: readonly Uint8Array[]): string {
  const parser = new RequestParser();
  return transcript(
    parser,
    chunks.map((chunk) => Uint8Array.from(chunk)),
    () => {
      const { method, target, versionMinor, fields, contentLength, chunked, keepAlive, expectsContinue, upgrade } =
        parser.head;
      return JSON.stringify([
        method,
        target,
        versionMinor,
        [...fields],
        contentLength,
        chunked,
        keepAlive,
        expectsContinue,
        upgrade,
      ]);
    },
  );
}
