import { ResponseParser } from "@tinyhttp/http-parser";
import { describe, expect, it } from "vitest";

import { readResponses, type ReadResponse } from "../src/response-reader.ts";
import { loadResponseVectors, type ResponseVector } from "../src/vectors.ts";

// The judge's reader refuses trailers, since no server here sends any.
const vectors = loadResponseVectors().filter(({ expect: { messages } }) =>
  messages.every(({ trailers }) => trailers.length === 0),
);
const accepted = vectors.filter(({ expect: { outcome } }) => outcome === "accept");
const refused = vectors.filter(({ expect: { outcome } }) => outcome === "reject");

function readByParser({ raw, request_method: method, eof }: ResponseVector): ReadResponse[] {
  const parser = new ResponseParser();
  parser.expect(method);
  parser.feed(Buffer.from(raw, "latin1"));
  const responses: ReadResponse[] = [];
  let content = "";
  for (let finished = false; ;) {
    const event = parser.next();
    if (event === "data") content += Buffer.from(parser.data).toString("latin1");
    if (event === "head") content = "";
    if (event === "end") responses.push({ status: parser.head.status, fields: [...parser.head.fields], body: content });
    if (event !== "need-data") continue;
    if (!eof || finished) return responses;
    parser.finish();
    finished = true;
  }
}

describe("readResponses", () => {
  it.each(accepted)("reads $id", ({ raw, request_method: method, eof, expect: { messages } }) => {
    const { responses, rest, fault } = readResponses(raw, [method], eof);
    expect({ rest, fault }).toEqual({ rest: "", fault: undefined });
    expect(responses).toEqual(messages.map(({ status, headers, body }) => ({ status, fields: headers, body })));
  });

  it.each(accepted)("agrees with ResponseParser on $id", (vector) => {
    const { responses } = readResponses(vector.raw, [vector.request_method], vector.eof);
    expect(readByParser(vector)).toEqual(responses);
  });

  it.each(refused)("reads no whole response from $id", ({ raw, request_method: method }) => {
    const { responses, rest, fault } = readResponses(raw, [method], false);
    expect(responses).toEqual([]);
    expect(fault !== undefined || rest !== "").toBe(true);
  });
});
