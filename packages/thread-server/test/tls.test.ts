import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { selfSignedCertificate } from "@tinyhttp/async-server/tls";
import { afterEach, describe, expect, it } from "vitest";
import { createThreadServer, type ThreadServer } from "../src/index.ts";

const OLD = selfSignedCertificate({ names: ["old.test"] });
const NEW = selfSignedCertificate({ names: ["new.test"] });
const ENOUGH_FOR_BOTH_THREADS = 16;

let server: ThreadServer;
let clients: TLSSocket[] = [];

async function start(): Promise<number> {
  const module = new URL("app.ts", import.meta.url);
  server = createThreadServer({
    module,
    threads: 2,
    serverOptions: { tls: { certificates: [OLD] } },
    onEvent: () => {},
  });
  const address = await server.listen({ port: 0 });
  expect(address.url).toMatch(/^https:/);
  return address.kind === "tcp" ? address.port : 0;
}

async function dial(port: number, session?: Buffer): Promise<TLSSocket> {
  const client = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, session });
  clients.push(client);
  client.on("error", () => {});
  await once(client, "secureConnect");
  return client;
}

/** Whose certificates many new connections are shown. */
async function shown(port: number): Promise<Set<string>> {
  const dialled = await Promise.all(Array.from({ length: ENOUGH_FOR_BOTH_THREADS }, () => dial(port)));
  return new Set(dialled.map((client) => String(client.getPeerCertificate().subjectaltname)));
}

async function ask(client: TLSSocket, path: string): Promise<string> {
  client.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const [chunk] = (await once(client, "data")) as [Buffer];
  return chunk.toString("latin1");
}

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await server.close({ deadlineMs: 0 });
});

describe("replaceCertificates", () => {
  it("has every thread show the new ones, also those that come later, and drops no connection", async () => {
    const port = await start();
    const client = await dial(port);
    expect(await shown(port)).toEqual(new Set(["DNS:old.test"]));
    await server.replaceCertificates([NEW]);
    expect(await shown(port)).toEqual(new Set(["DNS:new.test"]));
    expect(await ask(client, "/")).toContain("hello");
    await server.reload();
    expect(await shown(port)).toEqual(new Set(["DNS:new.test"]));
  });

  it("keeps the old ones in every thread when the new ones cannot be used", async () => {
    const port = await start();
    const mismatched = { cert: NEW.cert, key: OLD.key };
    await expect(server.replaceCertificates([mismatched])).rejects.toMatchObject({
      name: "TlsError",
      code: "key-mismatch",
    });
    expect(await shown(port)).toEqual(new Set(["DNS:old.test"]));
  });

  it("is refused by a server without TLS, and by one that does not listen", async () => {
    server = createThreadServer({ module: new URL("app.ts", import.meta.url), threads: 1 });
    await expect(server.replaceCertificates([NEW])).rejects.toMatchObject({ code: "no-tls" });
    await server.listen({ port: 0 });
    await expect(server.replaceCertificates([NEW])).rejects.toMatchObject({ code: "no-tls" });
  });
});

describe("threads with TLS", () => {
  it("resume each other's sessions", async () => {
    const port = await start();
    const first = await dial(port);
    const session = once(first, "session");
    await ask(first, "/who");
    const [ticket] = (await session) as [Buffer];
    const others = await Promise.all(Array.from({ length: ENOUGH_FOR_BOTH_THREADS }, () => dial(port, ticket)));
    expect(others.map((other) => other.isSessionReused())).not.toContain(false);
  });

  it("cannot start with a certificate that cannot be used, and say why", async () => {
    server = createThreadServer({
      module: new URL("app.ts", import.meta.url),
      threads: 2,
      serverOptions: { tls: { certificates: [{ cert: NEW.cert, key: OLD.key }] } },
    });
    await expect(server.listen({ port: 0 })).rejects.toMatchObject({ name: "TlsError", code: "key-mismatch" });
  });
});
