import { describe, expect, it } from "vitest";
import { CHUNK_END, chunkHead, lastChunk } from "./chunk-framing.ts";
import { encodeFields } from "./encoded-fields.ts";

describe("chunkHead", () => {
  it("writes the size in hexadecimal digits (RFC 9112 §7.1)", () => {
    expect(chunkHead(255) + "x".repeat(255).slice(254) + CHUNK_END).toBe("ff\r\nx\r\n");
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])("refuses the size %s", (size) => {
    expect(() => chunkHead(size)).toThrow(RangeError);
  });
});

describe("lastChunk", () => {
  it("ends the content, with trailers if there are any (RFC 9112 §7.1.2)", () => {
    expect(lastChunk()).toBe("0\r\n\r\n");
    expect(lastChunk(encodeFields({ "X-Sum": "1" }))).toBe("0\r\nX-Sum: 1\r\n\r\n");
  });

  it.each([{ "Content-Length": "1" }, { A: "b", HOST: "a" }, { Expect: "100-continue" }])(
    "refuses the trailers %j (RFC 9110 §6.5.1)",
    (trailers) => {
      expect(() => lastChunk(encodeFields(trailers))).toThrow(TypeError);
    },
  );
});
