import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as ask } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectionOptions, connect as connectSecurely, type TLSSocket } from "node:tls";
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type AsyncServer, type AsyncServerOptions, type ConnectionEvent, createAsyncServer } from "../src/index.ts";
import { selfSignedCertificate } from "../src/tls.ts";

const LOCAL = selfSignedCertificate({ names: ["localhost", "127.0.0.1"] });
const OTHER = selfSignedCertificate({ names: ["other.example", "*.wild.example"] });
const EXPIRED = selfSignedCertificate({ names: ["localhost"], days: 1, now: Date.now() - 86_400_000 });
const GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

let server: AsyncServer;
let port = 0;
let events: ConnectionEvent[] = [];
const sockets: TLSSocket[] = [];

async function start(options: AsyncServerOptions, handler = answerPeer): Promise<void> {
  events = [];
  server = createAsyncServer(handler, { onConnection: (event) => events.push(event), ...options });
  const address = await server.listen({ port: 0 });
  port = address.kind === "tcp" ? address.port : 0;
}

function answerPeer({ peer }: HttpRequest): HttpResponse {
  return { status: 200, body: JSON.stringify(peer) };
}

function shakeHands(options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectSecurely({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
    sockets.push(socket);
    socket.once("secureConnect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function answer(socket: TLSSocket, request = GET): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (/\r\n\r\n./s.test(text)) resolve(text);
    });
    socket.once("error", reject);
    socket.once("end", () => resolve(text));
    socket.write(request);
  });
}

/** What a plain connection gets until it is closed. */
function sendPlain(bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
    if (bytes.length > 0) socket.write(bytes);
  });
}

async function fingerprint(options: ConnectionOptions = {}): Promise<string> {
  const socket = await shakeHands(options);
  return socket.getPeerCertificate().fingerprint256;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close({ deadlineMs: 0 });
});

describe("a server with TLS", () => {
  it("says so in its address and to its handlers", async () => {
    await start({ tls: { certificates: [LOCAL] } });
    expect(server.address?.url).toBe(`https://127.0.0.1:${port}`);
    expect(await answer(await shakeHands())).toContain('"encrypted":true');
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)("speaks %s, with forward secrecy", async (version) => {
    await start({ tls: { certificates: [LOCAL] } });
    const socket = await shakeHands({ minVersion: version, maxVersion: version });
    expect(socket.getProtocol()).toBe(version);
    expect(socket.getCipher().name).toMatch(/AES_128_GCM|AES128-GCM/);
    expect(["X25519", "X25519MLKEM768"]).toContain((socket.getEphemeralKeyInfo() as { name?: string }).name);
    expect(await answer(socket)).toContain("200 OK");
  });

  it.each([
    ["TLS 1.1", { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }],
    ["a key exchange without forward secrecy", { maxVersion: "TLSv1.2", ciphers: "AES256-GCM-SHA384" }],
    ["encryption without authentication", { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES256-SHA384" }],
    ["a protocol that it does not speak (RFC 7301 §3.2)", { ALPNProtocols: ["spdy/3"] }],
  ] as const)("refuses %s", async (_name, options) => {
    await start({ tls: { certificates: [LOCAL] } });
    await expect(shakeHands(options as ConnectionOptions)).rejects.toThrow();
    await expect.poll(() => events.map(({ kind }) => kind)).toEqual(["handshake-failed"]);
    expect(await answer(await shakeHands())).toContain("200 OK");
  });

  it("does not begin a second handshake within a connection", async () => {
    await start({ tls: { certificates: [LOCAL] } });
    const socket = await shakeHands({ maxVersion: "TLSv1.2" });
    const failure = await new Promise((resolve) => {
      socket.once("error", resolve);
      socket.renegotiate({}, (error) => resolve(error));
    });
    expect(failure).toBeInstanceOf(Error);
  });

  it("lets a client resume its session with whoever has the same secret", async () => {
    const ticketSecret = Buffer.alloc(32, 7);
    const tls = { certificates: [LOCAL], ticketSecret };
    await start({ tls });
    const first = await shakeHands({ maxVersion: "TLSv1.2" });
    const session = first.getSession();
    await server.close({ deadlineMs: 0 });
    await start({ tls });
    expect((await shakeHands({ maxVersion: "TLSv1.2", session })).isSessionReused()).toBe(true);
    await server.close({ deadlineMs: 0 });
    await start({ tls: { certificates: [LOCAL] } });
    expect((await shakeHands({ maxVersion: "TLSv1.2", session })).isSessionReused()).toBe(false);
  });
});

describe("a client that takes nothing of a response over TLS", () => {
  it.each([
    ["bytes", new Uint8Array(64_000_000)],
    ["text", "a".repeat(64_000_000)],
  ])("is left, and little was encrypted for it: %s", async (_name, body) => {
    let sent = 0;
    const onExchange = ({ bytesSent }: { readonly bytesSent: number }): void => void (sent = bytesSent);
    const options = { tls: { certificates: [LOCAL] }, writeTimeoutMs: 200, onExchange };
    await start(options, () => ({ status: 200, body }));
    const socket = await shakeHands();
    socket.write(GET);
    socket.pause();
    await expect.poll(() => events.map(({ kind }) => kind), { timeout: 5000 }).toContain("timed-out");
    expect(events).toContainEqual(expect.objectContaining({ waitedFor: "write" }));
    await expect.poll(() => sent).toBeGreaterThan(0);
    // More than the system holds between two ends.
    expect(sent).toBeLessThan(20_000_000);
  });

  it("gets all of it when it does, after others", async () => {
    const body = Buffer.alloc(1_000_001, "0123456789");
    await start({ tls: { certificates: [LOCAL] } }, () => ({ status: 200, body }));
    const socket = await shakeHands();
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const received = Buffer.concat(await socket.toArray()).toString();
    expect(received.split("HTTP/1.1 200 OK")).toHaveLength(3);
    expect(received.endsWith(body.toString())).toBe(true);
    expect(received.split(body.toString())).toHaveLength(3);
  });
});

describe("certificates", () => {
  it.each([
    ["other.example", OTHER],
    ["OTHER.Example", OTHER],
    ["a.wild.example", OTHER],
    ["a.b.wild.example", LOCAL],
    ["localhost", LOCAL],
    ["unknown.example", LOCAL],
  ])("are chosen by the name that the client asks for: %s (RFC 6066 §3)", async (servername, { fingerprint256 }) => {
    await start({ tls: { certificates: [LOCAL, OTHER] } });
    expect(await fingerprint({ servername })).toBe(fingerprint256);
  });

  it("are shown to a client that asks for none", async () => {
    await start({ tls: { certificates: [LOCAL, OTHER] } });
    expect(await fingerprint({ servername: "" })).toBe(LOCAL.fingerprint256);
  });

  it("are replaced for new connections, and old ones live on", async () => {
    await start({ tls: { certificates: [LOCAL] } });
    const old = await shakeHands();
    server.replaceCertificates([OTHER, LOCAL]);
    expect(await fingerprint()).toBe(OTHER.fingerprint256);
    expect(await fingerprint({ servername: "localhost" })).toBe(LOCAL.fingerprint256);
    expect(await answer(old)).toContain("200 OK");
  });

  it.each([
    ["none", "no-certificate", []],
    ["the key of another one", "key-mismatch", [{ cert: OTHER.cert, key: LOCAL.key }]],
    ["half a certificate", "bad-certificate", [{ cert: OTHER.cert.slice(0, 300), key: OTHER.key }]],
    ["half a key", "bad-key", [{ cert: OTHER.cert, key: OTHER.key.slice(0, 80) }]],
    ["one that has expired", "certificate-expired", [EXPIRED]],
    [
      "one that is not valid yet",
      "certificate-not-yet-valid",
      [selfSignedCertificate({ names: ["a"], now: Date.now() + 3 * 86_400_000 })],
    ],
    ["a good and a bad one", "key-mismatch", [OTHER, { cert: OTHER.cert, key: LOCAL.key }]],
  ])("are kept when they should be replaced by %s", async (_name, code, certificates) => {
    await start({ tls: { certificates: [LOCAL] } });
    expect(() => server.replaceCertificates(certificates)).toThrow(expect.objectContaining({ name: "TlsError", code }));
    expect(await fingerprint()).toBe(LOCAL.fingerprint256);
  });

  it("that have expired are refused at the start, unless asked for", async () => {
    await expect(start({ tls: { certificates: [EXPIRED] } })).rejects.toMatchObject({ code: "certificate-expired" });
    await start({ tls: { certificates: [EXPIRED], allowInvalidDates: true } });
    expect(await fingerprint()).toBe(EXPIRED.fingerprint256);
  });

  it("cannot be replaced where there are none", async () => {
    await start({});
    expect(() => server.replaceCertificates([LOCAL])).toThrow(expect.objectContaining({ code: "no-tls" }));
  });

  it("roll under load without a failed request", async () => {
    await start({ tls: { certificates: [LOCAL] } });
    const rolling = new AbortController();
    const outcomes = await Promise.all([
      ...Array.from({ length: 8 }, async () => {
        let answered = 0;
        while (!rolling.signal.aborted) {
          await get();
          answered++;
        }
        return answered;
      }),
      (async () => {
        for (let roll = 0; roll < 20; roll++) {
          server.replaceCertificates([roll % 2 === 0 ? OTHER : LOCAL]);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        rolling.abort();
        return 1;
      })(),
    ]);
    expect(Math.min(...outcomes)).toBeGreaterThan(0);
  });
});

/** One request on a connection of its own. */
function get(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = ask({ port, host: "127.0.0.1", rejectUnauthorized: false, agent: false }, (response) => {
      response.resume();
      response.on("end", resolve);
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end();
  });
}

describe("a client's certificate", () => {
  let client: { cert: string; key: string };
  let stranger: { cert: string; key: string };

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-mtls-"));
    const make = (name: string): { cert: string; key: string } => {
      const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
      const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}.example,email:${name}@b.example`];
      const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
      execFileSync("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...names], { stdio: "ignore" });
      return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
    };
    [client, stranger] = [make("alice"), make("mallory")];
    rmSync(folder, { recursive: true });
  });

  it("is known to the handler when its authority is believed", async () => {
    await start({ tls: { certificates: [LOCAL], clientCa: client.cert } });
    const peer = JSON.parse((await answer(await shakeHands(client))).split("\r\n\r\n")[1] ?? "");
    expect(peer.certificate).toEqual({
      subject: "CN=alice",
      names: ["DNS:alice.example", "email:alice@b.example"],
      fingerprint256: expect.stringMatching(/^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/),
    });
  });

  it("is nothing when its authority is not believed", async () => {
    await start({ tls: { certificates: [LOCAL], clientCa: client.cert } });
    expect(await answer(await shakeHands(stranger))).not.toContain("mallory");
    expect(await answer(await shakeHands())).not.toContain("certificate");
  });

  it.each(["no", "another"])("is required when the server says so: %s certificate", async (which) => {
    await start({ tls: { certificates: [LOCAL], clientCa: client.cert, requireClientCertificate: true } });
    expect(await answer(await shakeHands(client))).toContain("200 OK");
    const refused = shakeHands(which === "no" ? {} : stranger).then((socket) => answer(socket));
    await expect(refused.then((text) => text || Promise.reject(new Error("closed")))).rejects.toThrow();
  });
});

describe("what is no handshake", () => {
  it.each(["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "hello", "\0", "\x80\x2e\x01"])(
    "is told that this port speaks TLS: %j",
    async (bytes) => {
      await start({ tls: { certificates: [LOCAL] } });
      const text = await sendPlain(Buffer.from(bytes, "latin1"));
      expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*\r\n\r\nThis port speaks TLS/s);
      expect(events).toMatchObject([{ kind: "malformed", error: { code: "not-tls" } }]);
      expect(await answer(await shakeHands())).toContain("200 OK");
    },
  );

  it.each([
    ["no record", [0x16, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["a record of garbage", [0x16, 0x03, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5]],
  ])("ends the connection: %s", async (_name, bytes) => {
    await start({ tls: { certificates: [LOCAL] } });
    await sendPlain(Uint8Array.from(bytes));
    expect(events.map(({ kind }) => kind)).toEqual(["handshake-failed"]);
    expect(await answer(await shakeHands())).toContain("200 OK");
  });

  it("ends the connection in time", async () => {
    await start({ firstByteTimeoutMs: 100, tls: { certificates: [LOCAL], handshakeTimeoutMs: 100 } });
    await Promise.all([sendPlain(""), sendPlain(Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01))]);
    expect(events).toMatchObject([
      { kind: "timed-out", waitedFor: expect.stringMatching(/first-byte|handshake/) },
      { kind: "timed-out", waitedFor: expect.stringMatching(/first-byte|handshake/) },
    ]);
    expect(server.counters.timedOut).toBe(2);
  });

  it("does not hold up the server's end", async () => {
    await start({ tls: { certificates: [LOCAL] } });
    const pending = sendPlain(Uint8Array.of(0x16, 0x03, 0x01));
    await expect.poll(() => server.counters.connections.open).toBe(1);
    await server.close();
    expect(await pending).toBe("");
  });
});

describe("a server without TLS", () => {
  it.each([
    ["a handshake", Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 0x0d, 0x0a)],
    ["the preface of HTTP/2 (RFC 9113 §3.4)", Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
  ])("ends a connection that begins with %s", async (_name, bytes) => {
    await start({});
    expect(await sendPlain(bytes)).toMatch(/^HTTP\/1\.1 (?:400|505) .*Connection: close/s);
  });
});
