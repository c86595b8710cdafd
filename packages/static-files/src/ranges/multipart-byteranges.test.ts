import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../../test/fake-request.ts";
import { formatContentRange, MultipartByteRanges } from "./multipart-byteranges.ts";

const CONTENT = Buffer.from("0123456789");

describe("MultipartByteRanges", () => {
  it("gives each range its own part (RFC 9110 §14.6)", async () => {
    const ranges = [
      { first: 8, last: 9 },
      { first: 0, last: 0 },
    ];
    const body = new MultipartByteRanges(CONTENT, ranges, "text/plain", "B");
    const expected = [
      "--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n89\r\n",
      "--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-0/10\r\n\r\n0\r\n",
      "--B--\r\n",
    ].join("");
    expect(body.length).toBe(expected.length);
    expect((await bytesOf({ status: 206, body })).toString()).toBe(expected);
    expect(await body.read(Buffer.alloc(1000), 0)).toBe(expected.length);
  });

  it("gives the same bytes from every position, in pieces of every size", async () => {
    const boundary = randomUUID();
    const ranges = [
      { first: 1, last: 3 },
      { first: 7, last: 9 },
    ];
    const body = new MultipartByteRanges(CONTENT, ranges, "text/plain", boundary);
    const whole = await bytesOf({ status: 206, body });
    const position = fc.integer({ min: 0, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(position, fc.integer({ min: 1, max: 300 }), async (from, size) => {
        const into = Buffer.alloc(size);
        const length = await body.read(into, from);
        expect(length).toBeGreaterThan(0);
        expect(into.subarray(0, length).equals(whole.subarray(from, from + length))).toBe(true);
      }),
    );
  });
});

describe("formatContentRange", () => {
  it("names both ends and the length (RFC 9110 §14.4)", () => {
    expect(formatContentRange({ first: 0, last: 499 }, 1234)).toBe("bytes 0-499/1234");
  });
});
