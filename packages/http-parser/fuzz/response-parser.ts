// Invariant: any bytes give messages or one HttpSyntaxError, nothing else is thrown, and the same at every split.
import { ResponseParser } from "../src/index.ts";
import { assertSame, pieces, transcript } from "./read-twice.ts";

const METHODS = ["GET", "HEAD", "CONNECT"] as const;

export function fuzz(input: Buffer): void {
  const method = METHODS[(input[1] ?? 0) % METHODS.length] ?? "GET";
  const { whole, split } = pieces(Buffer.concat([input.subarray(0, 1), input.subarray(2)]), "HTTP/1.1 200 \r\n");
  assertSame(read([whole], method), read(split, method));
}

function read(chunks: readonly Uint8Array[], method: string): string {
  const parser = new ResponseParser();
  parser.expect(method);
  parser.expect(method);
  const copies = chunks.map((chunk) => Uint8Array.from(chunk));
  try {
    return transcript(parser, copies, () => {
      const { status, reasonPhrase, versionMinor, fields, contentLength, chunked, keepAlive, untilClose } = parser.head;
      return JSON.stringify([
        status,
        reasonPhrase,
        versionMinor,
        [...fields],
        contentLength,
        chunked,
        keepAlive,
        untilClose,
      ]);
    });
  } catch (error) {
    // The bytes behind an upgrade are not for the parser.
    if (error instanceof TypeError && parser.head.upgrade) return "upgrade";
    throw error;
  }
}
