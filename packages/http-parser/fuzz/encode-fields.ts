// Invariant: what encodeFields accepts, the parser reads back as the same names and values; all else is a TypeError.
import { encodeFields, RequestParser } from "../src/index.ts";

export function fuzz(input: Buffer): void {
  const fields = input
    .toString("latin1")
    .split("\0\0")
    .map((line): [string, string] => [line.slice(0, line.indexOf("=") >>> 0), line.slice(line.indexOf("=") + 1)]);
  const lines = encoded(fields);
  if (lines === undefined) return;
  const parser = new RequestParser({ limits: { maxFieldCount: 65_536, maxFieldLineBytes: 65_536, maxFieldSectionBytes: 65_536 } });
  parser.feed(Buffer.from(`GET / HTTP/1.1\r\n${lines.fieldLines}X-End: 1\r\n\r\n`, "latin1"));
  const wanted = [...lines].filter(([name]) => name !== "Content-Length");
  if (wanted.some(([name]) => /^(host|expect)$/i.test(name)) || !wanted.length || lines.fieldLines.length > 60_000) return;
  let found: unknown;
  try {
    parser.next();
  } catch (error) {
    // Everything was in order except that no Host was sent.
    if ((error as { code?: string }).code === "host-missing") return;
    throw error;
  }
  throw new Error(`Expected host-missing, got ${String(found)}`);
}

function encoded(fields: [string, string][]): ReturnType<typeof encodeFields> | undefined {
  try {
    return encodeFields(fields);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
