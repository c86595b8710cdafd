import { connect as connectHttp2, type ClientHttp2Session, constants, type IncomingHttpHeaders } from "node:http2";
import { connect as connectSecurely, type TLSSocket } from "node:tls";
import { HttpError, type Handler, type HttpResponse } from "@tinyhttp/handler";
import { contractHandler, pattern } from "@tinyhttp/server-contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type AsyncServer,
  type AsyncServerOptions,
  type ConnectionEvent,
  createAsyncServer,
  type Exchange,
} from "../src/index.ts";
import { selfSignedCertificate } from "../src/tls.ts";

const certificates = [selfSignedCertificate({ names: ["localhost"] })];

let server: AsyncServer;
let port = 0;
let events: ConnectionEvent[] = [];
let exchanges: Pick<Exchange, "status" | "version" | "bytesSent" | "complete" | "responseHead">[] = [];
let sessions: ClientHttp2Session[] = [];
let raws: RawHttp2[] = [];

async function start(options: AsyncServerOptions = {}, handler: Handler = contractHandler): Promise<void> {
  events = [];
  exchanges = [];
  server = createAsyncServer(handler, {
    tls: { certificates },
    onError: () => {},
    onConnection: (event) => events.push(event),
    onExchange: ({ status, version, bytesSent, complete, responseHead }) =>
      exchanges.push({ status, version, bytesSent, complete, responseHead }),
    ...options,
  });
  const address = await server.listen({ port: 0 });
  port = address.kind === "tcp" ? address.port : 0;
}

async function restart(options: AsyncServerOptions, handler?: Handler): Promise<void> {
  await server.close({ deadlineMs: 0 });
  await start(options, handler);
}

function dial(): ClientHttp2Session {
  const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  session.on("error", () => {});
  sessions.push(session);
  return session;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly rstCode: number;
  readonly continued: boolean;
}

type Fields = Record<string, string | readonly string[]>;

function ask(session: ClientHttp2Session, fields: Fields, content?: Uint8Array | string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request(
      { ":path": "/hello", ...fields },
      {
        endStream: content === undefined,
      },
    );
    let headers: IncomingHttpHeaders & { ":status"?: number | undefined } = {};
    let continued = false;
    const chunks: Buffer[] = [];
    stream.on("response", (given) => (headers = given));
    stream.on("continue", () => {
      continued = true;
      stream.end(content);
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", (error) => (headers[":status"] === undefined ? reject(error) : undefined));
    stream.on("close", () => {
      const status = headers[":status"];
      if (status === undefined) reject(new Error(`reset with ${stream.rstCode}`));
      else resolve({ status, headers, body: Buffer.concat(chunks), rstCode: stream.rstCode ?? 0, continued });
    });
    if (content !== undefined && fields["expect"] === undefined) stream.end(content);
  });
}

async function ends(): Promise<Record<string, number>> {
  return JSON.parse((await ask(dial(), { ":path": "/ends" })).body.toString());
}

/** Sends frames exactly as it is told, and says which came. */
class RawHttp2 {
  readonly socket: TLSSocket;
  received: Buffer = Buffer.alloc(0);

  constructor() {
    this.socket = connectSecurely({ port, host: "127.0.0.1", rejectUnauthorized: false, ALPNProtocols: ["h2"] });
    this.socket.on("data", (chunk: Buffer) => (this.received = Buffer.concat([this.received, chunk])));
    this.socket.on("error", () => {});
    raws.push(this);
  }

  begin(): void {
    this.socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    this.send(SETTINGS, 0, 0);
  }

  send(type: number, flags: number, stream: number, payload: Uint8Array = new Uint8Array(0)): void {
    if (!this.socket.destroyed) this.socket.write(frame(type, flags, stream, payload));
  }

  /** Frames that came, as `[type, flags, stream, payload]`. */
  frames(): [number, number, number, Buffer][] {
    const frames: [number, number, number, Buffer][] = [];
    let at = 0;
    while (at + 9 <= this.received.length) {
      const length = this.received.readUIntBE(at, 3);
      const payload = this.received.subarray(at + 9, at + 9 + length);
      frames.push([
        this.received[at + 3] ?? 0,
        this.received[at + 4] ?? 0,
        this.received.readUInt32BE(at + 5),
        payload,
      ]);
      at += 9 + length;
    }
    return frames;
  }

  /** The error codes of the GOAWAY frames that came, once the connection is closed. */
  async goneWith(): Promise<number[]> {
    await expect.poll(() => this.socket.closed, { timeout: 8000 }).toBe(true);
    return this.frames()
      .filter(([type]) => type === GOAWAY)
      .map(([, , , payload]) => payload.readUInt32BE(4));
  }
}

const [DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION] = [
  0, 1, 2, 3, 4, 6, 7, 8, 9,
];
const END_STREAM = 1;
const END_HEADERS = 4;
const ENHANCE_YOUR_CALM = 11;
// :method GET, :scheme https, :path /, :authority a (RFC 7541 appendix A).
const GET = [0x82, 0x87, 0x84, 0x41, 0x01, 0x61];
const POST = [0x83, 0x87, 0x84, 0x41, 0x01, 0x61];

function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A literal field that is not indexed, with a new name (RFC 7541 §6.2.2). */
function field(name: string, value: string): number[] {
  return [0, name.length, ...Buffer.from(name, "latin1"), value.length, ...Buffer.from(value, "latin1")];
}

beforeEach(() => start());
afterEach(async () => {
  for (const session of sessions) session.destroy();
  for (const { socket } of raws) socket.destroy();
  sessions = [];
  raws = [];
  await server.close({ deadlineMs: 0 });
});

describe("a response over HTTP/2", () => {
  it("has the fields and the content of one over HTTP/1", async () => {
    const { status, headers, body } = await ask(dial(), {});
    expect(status).toBe(200);
    expect(Object.keys(headers).sort()).toEqual([":status", "content-length", "content-type", "date"]);
    expect(body.toString()).toBe("hello");
  });

  it.each([
    ["/bytes?0", 0],
    ["/bytes?1000000", 1_000_000],
    ["/iterable?123456", 123_456],
    ["/readable?123456", 123_456],
    ["/slice?1000000", 1_000_000],
    ["/empty-slice", 0],
  ])("carries the content of %s unchanged", async (path, length) => {
    const { body } = await ask(dial(), { ":path": path });
    expect(body.equals(pattern(length))).toBe(true);
  });

  it("has no field that belongs to a connection of HTTP/1 (RFC 9113 §8.2.2)", async () => {
    await restart({}, () => ({ status: 200, headers: { Connection: "close", "X-A": "1" }, body: stream("x") }));
    const { headers } = await ask(dial(), {});
    expect(headers).toMatchObject({ "x-a": "1" });
    expect(headers).not.toHaveProperty("connection");
    expect(headers).not.toHaveProperty("transfer-encoding");
  });

  it.each([
    ["at once", (response: HttpResponse): HttpResponse => response],
    ["later", async (response: HttpResponse): Promise<HttpResponse> => response],
  ])("is 500 when HTTP/2 has no room for its fields, given %s", async (_when, give) => {
    const errors: unknown[] = [];
    const headers: [string, string][] = [
      ["Location", "/a"],
      ["Location", "/b"],
    ];
    const handler: Handler = ({ path }) => give({ status: 201, headers, body: path === "/stream" ? stream("x") : "x" });
    await restart({ onError: (error) => errors.push(error) }, handler);
    expect((await ask(dial(), { ":path": "/text" })).status).toBe(500);
    expect((await ask(dial(), { ":path": "/stream" })).status).toBe(500);
    expect(errors).toMatchObject([
      { code: "ERR_HTTP2_HEADER_SINGLE_VALUE" },
      { code: "ERR_HTTP2_HEADER_SINGLE_VALUE" },
    ]);
  });

  it("to HEAD is that to GET without content", async () => {
    const { headers, body } = await ask(dial(), { ":method": "HEAD" });
    expect(headers["content-length"]).toBe("5");
    expect(body.length).toBe(0);
  });

  it.each([204, 304])("with status %i has no content", async (status) => {
    const answer = await ask(dial(), { ":path": `/status?${status}` });
    expect([answer.status, answer.body.length]).toEqual([status, 0]);
  });

  it("keeps several Set-Cookie fields apart", async () => {
    expect((await ask(dial(), { ":path": "/cookies" })).headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  });

  it.each(["/throw", "/reject", "/garbage?CRLF%20in%20value", "/garbage?undefined", "/twice", "/broken-slice?0"])(
    "to a handler that fails is 500 and tells nothing: %s",
    async (path) => {
      const { status, body } = await ask(dial(), { ":path": path });
      expect([status, body.toString()]).toEqual([500, "Internal Server Error\n"]);
    },
  );

  it.each(["/broken-iterable", "/broken-slice?200000", "/promised?9", "/promised?11"])(
    "that breaks off is reset (RFC 9113 §8.1): %s",
    async (path) => {
      const session = dial();
      const outcome = await ask(session, { ":path": path }).then(
        ({ rstCode }) => rstCode,
        () => constants.NGHTTP2_INTERNAL_ERROR,
      );
      expect(outcome).toBe(constants.NGHTTP2_INTERNAL_ERROR);
      expect((await ask(session, {})).status).toBe(200);
    },
  );

  it("ends the work for it when the client resets it", async () => {
    const session = dial();
    for (const path of ["/endless-iterable", "/endless-readable"]) {
      const endless = session.request({ ":path": path });
      await new Promise((resolve) => endless.once("data", resolve));
      endless.close(constants.NGHTTP2_CANCEL);
    }
    await expect.poll(ends).toMatchObject({ returnedIterators: 1, abortedSignals: 1, cancelledStreams: 1 });
  });

  it("is recorded with the version", async () => {
    await ask(dial(), {});
    const [exchange] = exchanges;
    expect(exchange).toMatchObject({ status: 200, version: "2", bytesSent: 5, complete: true });
    expect(exchange?.responseHead).toMatch(/^HTTP\/2 200 OK\r\n/);
  });
});

async function* stream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe("a request over HTTP/2", () => {
  it("is seen by the handler as one over HTTP/1", async () => {
    const fields = { ":path": "/seen/../seen?a=%20b", ":method": "POST", "x-a": "1", cookie: ["a=1", "b=2"] };
    const { body } = await ask(dial(), fields, "abc");
    expect(JSON.parse(body.toString())).toMatchObject({
      method: "POST",
      target: "/seen/../seen?a=%20b",
      path: "/seen",
      query: "a=%20b",
      headers: [
        ["host", `127.0.0.1:${port}`],
        ["x-a", "1"],
        ["cookie", "a=1; b=2"],
      ],
      peer: { encrypted: true, address: "127.0.0.1" },
    });
  });

  it.each([0, 1, 100_000, 3_000_000])("brings its content of %i bytes", async (length) => {
    const { body } = await ask(dial(), { ":path": "/collect", ":method": "POST" }, pattern(length));
    expect(JSON.parse(body.toString())).toMatchObject({ bytes: length });
  });

  it("is answered with 413 when it is too large", async () => {
    await restart({ maxBodyBytes: 1000 });
    const fields = { ":path": "/collect", ":method": "POST" };
    expect((await ask(dial(), { ...fields, "content-length": "1001" }, pattern(1001))).status).toBe(413);
    expect((await ask(dial(), fields, pattern(100_000))).status).toBe(413);
  });

  it("gets 100 (Continue) when its content is asked for, and only then", async () => {
    const fields = { ":method": "POST", expect: "100-continue" };
    expect(await ask(dial(), { ...fields, ":path": "/collect" }, "abc")).toMatchObject({
      continued: true,
      status: 200,
    });
    expect(await ask(dial(), { ...fields, ":path": "/hello" }, "abc")).toMatchObject({ continued: false, status: 200 });
  });

  it("is answered when its content was not read", async () => {
    const session = dial();
    expect((await ask(session, { ":method": "POST" }, pattern(100_000))).body.toString()).toBe("hello");
    expect((await ask(session, {})).status).toBe(200);
  });

  it("is answered with 408 when its content does not come", async () => {
    await restart({ bodyIdleTimeoutMs: 50 });
    const stream = dial().request({ ":path": "/collect", ":method": "POST" });
    const headers = await new Promise<IncomingHttpHeaders>((resolve) => stream.once("response", resolve));
    expect(headers).toMatchObject({ ":status": 408 });
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "body" }));
  });

  it.each([
    ["a path that leads above the root", { ":path": "/%2e%2e/x" }, 400],
    ["a host that is none", { ":authority": "a b" }, 400],
    [
      "a host that differs from the authority (RFC 9113 §8.3.1)",
      { ":authority": "good.example", host: "evil.example" },
      400,
    ],
    ["TRACE", { ":method": "TRACE" }, 501],
    ["a path that is too long", { ":path": `/${"a".repeat(9000)}` }, 414],
    ["an expectation that nobody has", { ":method": "POST", expect: "the-unexpected" }, 417],
  ])("is refused like one over HTTP/1: %s", async (_name, fields, status) => {
    const outcome = await ask(dial(), fields as Fields).then(
      (answer) => answer.status,
      () => "reset",
    );
    expect([status, "reset"]).toContain(outcome);
    if (outcome === "reset") expect(_name).toContain("host that is none");
  });

  it.each([
    ["an upper-case name", field("X-A", "1")],
    ["Connection", field("connection", "close")],
    ["Transfer-Encoding", field("transfer-encoding", "chunked")],
    ["TE of anything but trailers", field("te", "gzip")],
    ["a pseudo-header field behind the others", [...field("x-a", "1"), 0x84]],
  ])("is reset for %s (RFC 9113 §8.2, §8.3)", async (_name, fields) => {
    let isAsked = false;
    await restart({}, (request) => {
      isAsked ||= request.headers.has("x-a") || request.headers.has("connection");
      return { status: 200 };
    });
    const raw = new RawHttp2();
    raw.begin();
    raw.send(HEADERS, END_STREAM | END_HEADERS, 1, Uint8Array.from([...GET, ...fields]));
    await expect
      .poll(() =>
        raw
          .frames()
          .find(([type]) => type === RST_STREAM)?.[3]
          .readUInt32BE(0),
      )
      .toBe(1);
    expect(isAsked).toBe(false);
  });

  it.each(["1\r\nx-b: 2", "1\nx-b: 2", "1\0"])(
    "has no field whose value could be read as two (RFC 9113 §8.2.1): %j",
    async (value) => {
      let seen: unknown;
      await restart({}, ({ headers }) => {
        seen = [...headers];
        return { status: 200 };
      });
      const raw = new RawHttp2();
      raw.begin();
      raw.send(HEADERS, END_STREAM | END_HEADERS, 1, Uint8Array.from([...GET, ...field("x-a", value)]));
      await expect.poll(() => raw.frames().some(([, , stream]) => stream === 1)).toBe(true);
      expect(seen ?? [["host", "a"]]).toEqual([["host", "a"]]);
    },
  );

  it.each([
    ["more", "5", [1, 2, 3, 4, 5, 6]],
    ["less", "5", [1, 2, 3, 4]],
  ])("ends when it brings %s than it announced (RFC 9113 §8.1.1)", async (_name, length, content) => {
    await restart({}, ({ body }) => body.text().then((text) => ({ status: 200, body: text })));
    const raw = new RawHttp2();
    raw.begin();
    raw.send(HEADERS, END_HEADERS, 1, Uint8Array.from([...POST, ...field("content-length", length)]));
    raw.send(DATA, END_STREAM, 1, Uint8Array.from(content));
    // Node ends the whole connection when there is more.
    await expect.poll(() => raw.frames().some(([type]) => type === RST_STREAM || type === GOAWAY)).toBe(true);
    expect(exchanges.filter(({ status }) => status === 200)).toEqual([]);
  });

  it.each([
    ["too many fields", Array.from({ length: 120 }, () => field("a", "b")).flat()],
    [
      "a bomb of fields",
      [
        0x40,
        1,
        0x61,
        0x7f,
        0xa1,
        0x1e,
        ...Array.from({ length: 4000 }, () => 0x62),
        ...Array.from({ length: 90 }, () => 0xbe),
      ],
    ],
  ])("is refused for %s", async (_name, fields) => {
    const raw = new RawHttp2();
    raw.begin();
    raw.send(HEADERS, END_STREAM | END_HEADERS, 1, Uint8Array.from([...GET, ...fields]));
    // A reset, or a response (431) that does not begin with the field of status 200.
    await expect
      .poll(() =>
        raw.frames().some(([type, , , payload]) => type === RST_STREAM || (type === HEADERS && payload[0] !== 0x88)),
      )
      .toBe(true);
    expect(exchanges).toEqual([]);
  });
});

describe("a connection of HTTP/2", () => {
  it("is not offered when it is switched off", async () => {
    await restart({ http2: false });
    const socket = connectSecurely({ port, rejectUnauthorized: false, ALPNProtocols: ["h2", "http/1.1"] });
    await new Promise((resolve) => socket.once("secureConnect", resolve));
    expect(socket.alpnProtocol).toBe("http/1.1");
    socket.destroy();
  });

  it("that never says a word is closed", async () => {
    await restart({ firstByteTimeoutMs: 100 });
    expect(await new RawHttp2().goneWith()).toBeDefined();
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "first-byte" }));
  });

  it("whose client ends its side is closed, and the work for it told", async () => {
    let isAborted = false;
    await restart({}, ({ signal }) => {
      signal.addEventListener("abort", () => (isAborted = true));
      return new Promise(() => {});
    });
    const raw = new RawHttp2();
    raw.begin();
    raw.send(HEADERS, END_HEADERS | END_STREAM, 1, Buffer.from(GET));
    await expect.poll(() => server.counters.requests).toBe(1);
    raw.socket.end();
    await expect.poll(() => [isAborted, server.counters.connections.open]).toEqual([true, 0]);
  });

  it("that nobody uses is closed", async () => {
    await restart({ keepAliveTimeoutMs: 50 });
    const session = dial();
    await ask(session, {});
    await expect.poll(() => session.closed).toBe(true);
  });

  it("is left after a hundred times the requests of HTTP/1.1, with no request lost", async () => {
    await restart({ maxRequestsPerConnection: 1 });
    const session = dial();
    for (let request = 1; request < 100; request++) expect((await ask(session, {})).status).toBe(200);
    expect(session.closed).toBe(false);
    const answers = await Promise.all([ask(session, {}), ask(session, {})]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await expect.poll(() => session.closed).toBe(true);
  });

  it("ends with the server when what is under way is answered", async () => {
    const session = dial();
    const late = ask(session, { ":path": "/late?200" });
    await expect.poll(() => server.counters.answering).toBe(1);
    const closed = server.close();
    expect((await late).body.toString()).toBe("late");
    await closed;
    expect(server.counters.connections.open).toBe(0);
  });

  it("answers what its client has sent before it knew that the server ends (RFC 9113 §6.8)", async () => {
    const raw = new RawHttp2();
    raw.begin();
    const of = (wanted: number) => raw.frames().filter(([type]) => type === wanted);
    await expect.poll(() => of(SETTINGS).length).toBeGreaterThan(0);
    raw.socket.write(get(1));
    await expect.poll(() => of(HEADERS).length).toBe(1);
    const closed = server.close();
    await expect.poll(() => of(PING).length).toBe(1);
    raw.socket.write(get(3));
    raw.send(PING, 1, 0, of(PING)[0]?.[3]);
    raw.socket.write(get(5));
    await expect.poll(() => of(PING).length).toBe(2);
    raw.send(PING, 1, 0, of(PING)[1]?.[3]);
    expect(new Set(await raw.goneWith())).toEqual(new Set([0]));
    expect(new Set(of(GOAWAY).map(([, , , payload]) => payload.readUInt32BE(0)))).toEqual(new Set([5]));
    expect(of(HEADERS).map(([, , stream]) => stream)).toEqual([1, 3, 5]);
    await closed;
  });

  it("ends with the server although its client acknowledges nothing", async () => {
    await restart({ lingerTimeoutMs: 100 });
    const raw = new RawHttp2();
    raw.begin();
    await expect.poll(() => raw.frames().length).toBeGreaterThan(0);
    await server.close();
    expect(server.counters.connections.open).toBe(0);
  });

  it.each([
    ["nothing", "/hello", { writeTimeoutMs: 100 }],
    ["nothing of much", "/bytes?1000000", { writeTimeoutMs: 100 }],
    ["nothing of a file", "/slice?1000000", { writeTimeoutMs: 100 }],
    ["nothing of a stream", "/readable?1000000", { writeTimeoutMs: 100 }],
    ["less than the least rate", "/hello", { minRateGraceMs: 100, minBytesPerSecond: 1e9 }],
  ])("whose client takes %s is rid of its streams", async (_name, path, options: AsyncServerOptions) => {
    await restart(options);
    const raw = new RawHttp2();
    raw.begin();
    // INITIAL_WINDOW_SIZE 0 (RFC 9113 §6.5.2).
    raw.send(SETTINGS, 0, 0, Uint8Array.of(0, 4, 0, 0, 0, 0));
    const target = [4, path.length, ...Buffer.from(path)];
    raw.send(HEADERS, END_STREAM | END_HEADERS, 1, Uint8Array.from([0x82, 0x87, 0x41, 1, 0x61, ...target]));
    await expect
      .poll(() =>
        raw
          .frames()
          .find(([type]) => type === RST_STREAM)?.[3]
          .readUInt32BE(0),
      )
      .toBe(8);
    expect(events).toContainEqual(expect.objectContaining({ kind: "timed-out", waitedFor: "write" }));
  });

  it("whose client reads nothing at all is closed", async () => {
    await restart({ writeTimeoutMs: 100, keepAliveTimeoutMs: 50, lingerTimeoutMs: 100 });
    const raw = new RawHttp2();
    raw.begin();
    // INITIAL_WINDOW_SIZE and the window of the connection as large as they may be (RFC 9113 §6.9.1).
    raw.send(SETTINGS, 0, 0, Uint8Array.of(0, 4, 0x7f, 0xff, 0xff, 0xff));
    raw.send(WINDOW_UPDATE, 0, 0, Uint8Array.of(0x7f, 0xff, 0, 0));
    await new Promise((resolve) => raw.socket.once("secureConnect", resolve));
    raw.socket.pause();
    const target = "/bytes?30000000";
    const head = [0x82, 0x87, 0x41, 1, 0x61, 4, target.length, ...Buffer.from(target)];
    raw.send(HEADERS, END_STREAM | END_HEADERS, 1, Uint8Array.from(head));
    await expect.poll(() => server.counters.requests).toBe(1);
    await expect.poll(() => server.counters.connections.open, { timeout: 5000 }).toBe(0);
  });

  it("asks an app that fails with an HttpError no more than HTTP/1 does", async () => {
    await restart({}, () => {
      throw new HttpError(422, "unprocessable", "Cannot take this");
    });
    expect(await ask(dial(), {})).toMatchObject({ status: 422, body: Buffer.from("Cannot take this\n") });
  });
});

function get(id: number): Buffer {
  return frame(HEADERS, END_STREAM | END_HEADERS, id, Uint8Array.from(GET));
}

function reset(id: number): Buffer {
  return frame(RST_STREAM, 0, id, Uint8Array.of(0, 0, 0, 8));
}

/** An increment of 0 is an error of the stream (RFC 9113 §6.9). */
function spoil(id: number): Buffer {
  return frame(WINDOW_UPDATE, 0, id, new Uint8Array(4));
}

describe("a flood", () => {
  it.each([
    ["SETTINGS", () => frame(SETTINGS, 0, 0, new Uint8Array(0)), 30],
    ["PING", () => frame(PING, 0, 0, new Uint8Array(8)), 30],
    ["WINDOW_UPDATE", () => frame(WINDOW_UPDATE, 0, 0, Uint8Array.of(0, 0, 0, 1)), 20_000],
    ["PRIORITY", (n: number) => frame(PRIORITY, 0, 2 * n + 1, Uint8Array.of(0, 0, 0, 0, 1)), 20_000],
    ["frames that nobody knows", () => frame(0xfa, 0, 0, new Uint8Array(100)), 2000],
  ])("of %s ends with ENHANCE_YOUR_CALM", async (_name, make, count) => {
    await restart({ firstByteTimeoutMs: 400 });
    const raw = new RawHttp2();
    raw.begin();
    raw.socket.write(Buffer.concat(Array.from({ length: count }, (_value, n) => make(n))));
    // A client that is still sending may be reset before it has read why.
    expect([[], [ENHANCE_YOUR_CALM]]).toContainEqual(await raw.goneWith());
    expect((await ask(dial(), {})).status).toBe(200);
  });

  it("of CONTINUATION ends", async () => {
    const raw = new RawHttp2();
    raw.begin();
    raw.send(HEADERS, 0, 1, Uint8Array.from(GET));
    for (let n = 0; n < 2000; n++) raw.send(CONTINUATION, 0, 1, Uint8Array.from(field("a", "b")));
    await raw.goneWith();
    expect(exchanges).toEqual([]);
  });

  it("of empty DATA ends", async () => {
    const raw = new RawHttp2();
    raw.begin();
    raw.send(HEADERS, END_HEADERS, 1, Uint8Array.from(POST));
    raw.socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => frame(DATA, 0, 1, new Uint8Array(0)))));
    await raw.goneWith();
    expect((await ask(dial(), {})).status).toBe(200);
  });

  it("of requests that are reset at once ends, and with it the work for them", async () => {
    let aborted = 0;
    let asked = 0;
    await restart({}, ({ signal }) => {
      asked++;
      signal.addEventListener("abort", () => aborted++);
      return new Promise(() => {});
    });
    const raw = new RawHttp2();
    raw.begin();
    raw.socket.write(
      Buffer.concat(Array.from({ length: 2000 }, (_value, n) => [get(2 * n + 1), reset(2 * n + 1)]).flat()),
    );
    await raw.goneWith();
    expect(asked).toBeLessThan(400);
    await expect.poll(() => aborted).toBe(asked);
  });

  it("of streams that the server has to reset ends (CVE-2025-8671)", async () => {
    let asked = 0;
    await restart({}, () => {
      asked++;
      return new Promise(() => {});
    });
    const raw = new RawHttp2();
    raw.begin();
    raw.socket.write(
      Buffer.concat(Array.from({ length: 2000 }, (_value, n) => [get(2 * n + 1), spoil(2 * n + 1)]).flat()),
    );
    await raw.goneWith();
    expect(asked).toBeLessThan(400);
  });
});
