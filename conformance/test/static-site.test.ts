import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createAsyncServer, type AsyncServer } from "@tinyhttp/async-server";
import { staticFiles } from "@tinyhttp/static-files";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { concurrently } from "../src/concurrently.ts";
import { converse } from "../src/conversation.ts";
import { scriptFor } from "../src/judge.ts";
import { loadRequestVectors } from "../src/vectors.ts";

const CONNECTIONS_AT_ONCE = 24;
const vectors = loadRequestVectors();

let root: string;
let server: AsyncServer;
let port: number;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tinyhttp-site-"));
  writeFileSync(join(root, "index.html"), "<title>home</title>");
  server = createAsyncServer(staticFiles(root));
  const address = await server.listen({ port: 0, host: "127.0.0.1" });
  if (address.kind !== "tcp") throw new Error("not a TCP address");
  port = address.port;
});

afterAll(async () => {
  await server.close({ deadlineMs: 1000 });
  rmSync(root, { recursive: true, force: true });
});

describe("a served directory on the vectors", () => {
  // Content that no file takes is refused by its head alone (405), before it turns out to be malformed.
  it("refuses once, and closes, whatever is not a whole and well-formed request", async () => {
    const chosen = vectors.filter(({ expect: { outcome, messages } }) => outcome !== "accept" && messages.length === 0);
    const faults = await concurrently(chosen, CONNECTIONS_AT_ONCE, async (vector) => {
      const { responses, rest, fault, end } = await converse(port, scriptFor(vector, "whole"));
      const statuses = responses.map(({ status }) => status).filter((status) => status >= 200);
      const well = end === "closed" && fault === undefined && rest === "" && statuses.length <= 1;
      const refused = statuses.every((status) => status >= 400 && status !== 404 && status !== 500);
      return well && refused ? [] : [`${vector.id}: ${statuses.join(", ")}, ${end}`];
    });
    expect(faults.flat()).toEqual([]);
  });

  it("answers each well-formed request, none of them with a 500", async () => {
    const chosen = vectors.filter(({ expect: { outcome } }) => outcome === "accept");
    const faults = await concurrently(chosen, CONNECTIONS_AT_ONCE, async (vector) => {
      const { responses, rest, fault } = await converse(port, scriptFor(vector, "whole"));
      const statuses = responses.map(({ status }) => status).filter((status) => status >= 200);
      const well = fault === undefined && rest === "" && !statuses.includes(500);
      return well && statuses.length >= vector.expect.messages.length ? [] : [`${vector.id}: ${statuses.join(", ")}`];
    });
    expect(faults.flat()).toEqual([]);
  });
});
