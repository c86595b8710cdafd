import { createAsyncServer, type AsyncServer } from "@tinyhttp/async-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { concurrently } from "../src/concurrently.ts";
import { converse } from "../src/conversation.ts";
import { everySplit, sampleSplits, type Delivery } from "../src/delivery.ts";
import { echoHandler } from "../src/echo-handler.ts";
import { judge, scriptFor } from "../src/judge.ts";
import { loadRequestVectors, type RequestVector } from "../src/vectors.ts";

const CONNECTIONS_AT_ONCE = 24;
const vectors = loadRequestVectors();
// One of each kind of framing and of each kind of refusal: these are split at every place.
const SPLIT_EVERYWHERE = new Set([
  "get-root",
  "keep-mixed",
  "te-trailers",
  "te-chunk-ext",
  "expect-continue",
  "te-with-cl",
  "te-chunk-data-lf",
  "fold-space",
  "pipeline-good-then-bad",
  "te-part-trailer-value",
]);

let server: AsyncServer;
let port: number;

beforeAll(async () => {
  server = createAsyncServer(echoHandler);
  const address = await server.listen({ port: 0, host: "127.0.0.1" });
  if (address.kind !== "tcp") throw new Error("not a TCP address");
  port = address.port;
});

afterAll(async () => {
  await server.close({ deadlineMs: 1000 });
});

async function faultsOf(vector: RequestVector, delivery: Delivery): Promise<string[]> {
  const faults = judge(vector, await converse(port, scriptFor(vector, delivery)));
  return faults.map((fault) => `${vector.id} (${JSON.stringify(delivery)}) ${fault}`);
}

async function allFaults(cases: readonly { vector: RequestVector; delivery: Delivery }[]): Promise<string[]> {
  const faults = await concurrently(cases, CONNECTIONS_AT_ONCE, ({ vector, delivery }) => faultsOf(vector, delivery));
  return faults.flat();
}

describe("async-server on the vectors", () => {
  it.each(vectors)("does right by $id (RFC $section)", async (vector) => {
    expect(await faultsOf(vector, "whole")).toEqual([]);
  });

  it("answers nothing that follows a request to close (RFC 9112 §9.6)", async () => {
    const pieces = ["GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"];
    const transcript = await converse(port, { pieces, requestMethods: ["GET"], fin: "never", patienceMs: 5000 });
    expect(transcript.responses.map(({ status }) => status)).toEqual([200]);
    expect(transcript).toMatchObject({ end: "closed", rest: "" });
  });

  it("does the same a byte at a time", async () => {
    expect(await allFaults(vectors.map((vector) => ({ vector, delivery: "byte-at-a-time" as const })))).toEqual([]);
  });

  it("does the same split in two, at some places of every vector", async () => {
    const cases = vectors.flatMap((vector) => sampleSplits(vector.raw, 3).map((delivery) => ({ vector, delivery })));
    expect(await allFaults(cases)).toEqual([]);
  });

  it("does the same split in two, at every place of one vector of each kind", async () => {
    const chosen = vectors.filter(({ id }) => SPLIT_EVERYWHERE.has(id));
    expect(chosen).toHaveLength(SPLIT_EVERYWHERE.size);
    const cases = chosen.flatMap((vector) => everySplit(vector.raw).map((delivery) => ({ vector, delivery })));
    expect(await allFaults(cases)).toEqual([]);
  });
});
