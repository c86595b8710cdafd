import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { converse } from "../src/conversation.ts";
import { judge, scriptFor } from "../src/judge.ts";
import { loadRequestVectors, type RequestVector } from "../src/vectors.ts";

const OK = "HTTP/1.1 200 OK\r\n";
const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A server that sends `answer` at the first byte, whatever was asked, then does as `then` says. */
async function scripted(answer: string, then: "close" | "stay" | "reset" = "close"): Promise<number> {
  const server = createServer({ allowHalfOpen: then === "stay" }, (socket) => {
    sockets.add(socket);
    socket.setEncoding("latin1").on("error", () => socket.destroy());
    socket.once("data", () => {
      if (then === "reset") socket.resetAndDestroy();
      else if (then === "close") socket.end(answer, "latin1");
      else socket.write(answer, "latin1");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function faults(vector: RequestVector, port: number): Promise<string[]> {
  return judge(vector, await converse(port, { ...scriptFor(vector, "whole"), patienceMs: 100 }));
}

function named(id: string): RequestVector {
  const vector = loadRequestVectors().find((candidate) => candidate.id === id);
  if (vector === undefined) throw new Error(`no vector ${id}`);
  return vector;
}

function echo(id: string, fields = ""): string {
  const [{ method, target, headers, body } = { method: "", target: "", headers: [], body: "" }] =
    named(id).expect.messages;
  const json = JSON.stringify({ method, target, headers, body });
  return `${OK}Content-Length: ${json.length}\r\n${fields}\r\n${json}`;
}

const PROBE_ANSWER = `${OK}Content-Length: 0\r\n\r\n`;
const REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

describe("judge", () => {
  it("passes a server that answers, in order, and stays open", async () => {
    expect(await faults(named("get-root"), await scripted(echo("get-root") + PROBE_ANSWER))).toEqual([]);
  });

  it("passes a server that closes when the request asks for it", async () => {
    expect(await faults(named("close-1-1"), await scripted(echo("close-1-1", "Connection: close\r\n")))).toEqual([]);
  });

  it("passes a server that refuses, says so and closes", async () => {
    expect(await faults(named("host-missing"), await scripted(REFUSAL))).toEqual([]);
  });

  it("passes a server that leaves an incomplete request unanswered", async () => {
    const server = createServer({ allowHalfOpen: false }, (socket) => socket.resume().on("error", () => {}));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    expect(await faults(named("prefix-15"), (server.address() as AddressInfo).port)).toEqual([]);
  });

  it.each([
    ["get-root", echo("get-root"), "close", "answered 1 requests of 2"],
    ["get-root", echo("target-query") + PROBE_ANSWER, "close", "read {"],
    ["get-root", echo("get-root", "Connection: close\r\n") + PROBE_ANSWER, "close", "wrong persistence"],
    ["get-root", REFUSAL, "close", "answered GET / with 400"],
    ["get-root", echo("get-root") + PROBE_ANSWER, "stay", "did not close"],
    ["get-root", "", "reset", "reset the connection"],
    ["close-1-1", echo("close-1-1"), "close", "wrong persistence"],
    ["close-1-1", echo("close-1-1", "Connection: close\r\n"), "stay", "did not close"],
    ["host-missing", PROBE_ANSWER, "close", "answered 200, not 400"],
    ["host-missing", REFUSAL + PROBE_ANSWER, "close", "answered after the refusal"],
    ["host-missing", "", "close", "closed without an answer"],
    ["host-missing", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "close", "without Connection: close"],
    ["host-missing", REFUSAL, "stay", "did not close"],
    ["pipeline-good-then-bad", REFUSAL, "close", "answered GET /1 with 400"],
    ["prefix-15", REFUSAL, "close", "answered a request that was not complete"],
    ["get-root", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "close", "no response"],
    ["get-root", `${OK}Content-Length : 0\r\n\r\n`, "close", "sent field line"],
    ["get-root", `${OK}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`, "close", "more than one framing field"],
    ["get-root", `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n`, "close", "without CRLF behind it"],
    ["get-root", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", "close", "a framing field in a 204"],
    ["get-root", `${echo("get-root") + PROBE_ANSWER}junk`, "close", "that is no response"],
  ] as const)("finds fault, for %s, with %j and then %s", async (id, answer, then, fault) => {
    expect((await faults(named(id), await scripted(answer, then))).join("; ")).toContain(fault);
  });
});
