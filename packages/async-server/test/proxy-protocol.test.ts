import { connect } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { afterEach, describe, expect, it } from "vitest";
import { type AsyncServer, type AsyncServerOptions, createAsyncServer } from "../src/index.ts";
import { selfSignedCertificate } from "../src/tls.ts";

const V1 = "PROXY TCP4 192.0.2.7 10.0.0.1 56324 443\r\n";
const V2 = Buffer.from("0d0a0d0a000d0a515549540a2111000cc000020a0a000001dc0401bb", "hex").toString("latin1");
const GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const trusted = { trusted: ["127.0.0.0/8"] };

let server: AsyncServer;
let port = 0;

async function start(options: AsyncServerOptions): Promise<void> {
  server = createAsyncServer(answerPeer, options);
  const address = await server.listen({ port: 0 });
  port = address.kind === "tcp" ? address.port : 0;
}

function answerPeer({ peer }: HttpRequest): HttpResponse {
  return { status: 200, body: JSON.stringify(peer) };
}

/** Sends pieces one after the other, and gives what comes until the server closes. */
function send(...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
    const next = ([piece, ...others]: readonly string[]): void => {
      if (piece === undefined) return;
      socket.write(Buffer.from(piece, "latin1"));
      setTimeout(() => next(others), 5);
    };
    next(pieces);
  });
}

/** Whether a client of a proxy gets an answer; its connection stays open. */
function hold(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.write(`PROXY TCP4 ${address} 10.0.0.1 1 2\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n`);
    socket.once("data", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}

afterEach(() => server.close({ deadlineMs: 0 }));

describe("a trusted proxy", () => {
  it.each([
    ["version 1", [V1 + GET], "192.0.2.7"],
    ["version 2", [V2 + GET], "192.0.2.10"],
    ["a header apart from the request", [V1, GET], "192.0.2.7"],
    [
      "a header in pieces",
      [V2.slice(0, 5), V2.slice(5, 20), V2.slice(20) + GET.slice(0, 9), GET.slice(9)],
      "192.0.2.10",
    ],
    ["a client that it does not know", [`PROXY UNKNOWN\r\n${GET}`], "127.0.0.1"],
  ])("says whom it speaks for: %s", async (_name, pieces, address) => {
    await start({ proxyProtocol: trusted });
    expect(await send(...pieces)).toContain(`"address":"${address}"`);
  });

  it.each([GET, `PROXY TCP4 nobody\r\n${GET}`, "\r\n\r\nGET"])("that does not is refused: %j", async (bytes) => {
    await start({ proxyProtocol: trusted });
    expect(await send(bytes)).toMatch(/^HTTP\/1\.1 400 .*Connection: close\r\n\r\nCannot read the PROXY header/s);
    expect(server.counters.malformed).toBe(1);
  });

  it("has as long to say so as a client has for its first byte", async () => {
    await start({ proxyProtocol: trusted, firstByteTimeoutMs: 50 });
    expect(await send(V1.slice(0, 9))).toBe("");
    expect(server.counters.timedOut).toBe(1);
  });

  it("says it before TLS", async () => {
    await start({ proxyProtocol: trusted, tls: { certificates: [selfSignedCertificate({ names: ["a"] })] } });
    const raw = connect({ port, host: "127.0.0.1" });
    raw.write(V1);
    const socket = connectSecurely({ socket: raw, rejectUnauthorized: false });
    socket.write(GET);
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await new Promise((resolve) => socket.once("close", resolve));
    expect(text).toContain('"address":"192.0.2.7","port":56324,"encrypted":true');
  });

  it("is not counted itself: its clients are", async () => {
    await start({ proxyProtocol: trusted, maxConnectionsPerAddress: 2 });
    const held: boolean[] = [];
    for (const address of ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3"])
      held.push(await hold(address));
    expect(held).toEqual([true, true, false, true, true]);
    expect(server.counters.connections.refused).toBe(1);
  });
});

describe("a peer that is no trusted proxy", () => {
  it("speaks for itself", async () => {
    await start({ proxyProtocol: { trusted: ["10.0.0.0/8"] } });
    expect(await send(GET)).toContain('"address":"127.0.0.1"');
  });

  it.each([V1, V2])("cannot speak for another: %j", async (header) => {
    await start({ proxyProtocol: { trusted: ["10.0.0.0/8"] } });
    expect(await send(header + GET)).toMatch(/^HTTP\/1\.1 (?:400|505) /);
    await server.close({ deadlineMs: 0 });
    await start({});
    expect(await send(header + GET)).toMatch(/^HTTP\/1\.1 (?:400|505) /);
  });

  it("cannot be named otherwise than by its address", async () => {
    expect(() => createAsyncServer(answerPeer, { proxyProtocol: { trusted: ["proxy.example"] } })).toThrow(RangeError);
    await start({});
  });
});
