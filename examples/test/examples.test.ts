import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { chromium } from "playwright-core";
import { describe, expect, it } from "vitest";
import { Example } from "./program.ts";

const text = async (url: string, init?: RequestInit) => (await fetch(url, init)).text();

describe("every example has a test", () => {
  it("by its name, in this file", () => {
    const here = readFileSync(new URL(import.meta.url), "utf8");
    const names = readdirSync(new URL("..", import.meta.url)).filter((name) => name.endsWith(".ts"));
    const programs = names.map((name) => name.slice(0, -3)).filter((name) => name !== "several-threads-app");
    expect(programs.filter((name) => !here.includes(`Example.start("${name}"`))).toEqual([]);
  });
});

describe("static-site", () => {
  it("serves a page and lists a directory", async () => {
    await using site = await Example.start("static-site");
    expect(await text(`${site.url}/`)).toContain("<title>tinyhttp");
    expect(await text(`${site.url}/files/chapters/`)).toContain("chapter 10.txt");
  });
});

describe("single-page-app", () => {
  it("gives its page for its own routes, and answers for its API", async () => {
    await using app = await Example.start("single-page-app");
    // As a browser asks for a page; `fetch` of Node would say that it is a script that asks.
    const port = Number(new URL(app.url).port);
    const page = "GET /account/settings HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    expect(await rawAnswer(port, page)).toMatch(/^HTTP\/1\.1 200 [\s\S]*<title>tinyhttp/);
    expect(await (await fetch(`${app.url}/api/time`)).json()).toEqual({ now: expect.stringMatching(/^\d{4}-/) });
    expect((await fetch(`${app.url}/api/time`, { method: "POST" })).status).toBe(405);
  });
});

describe("hono-app", () => {
  it("routes, sees the peer, and reads a body", async () => {
    await using app = await Example.start("hono-app");
    expect(await text(`${app.url}/`)).toBe("Hello from Hono\n");
    expect(await (await fetch(`${app.url}/users/7`)).json()).toEqual({ id: "7", from: "127.0.0.1" });
    expect(await text(`${app.url}/echo`, { method: "POST", body: "again" })).toBe("again");
  });
});

describe("streaming", () => {
  it("makes rows while they are sent, and events until the reader leaves", async () => {
    await using app = await Example.start("streaming");
    expect(await text(`${app.url}/squares.csv?rows=3`)).toBe("number,square\n1,1\n2,4\n3,9\n");
    const many = await text(`${app.url}/squares.csv?rows=20000`);
    expect(many.trimEnd().split("\n").length).toBe(20_001);
    const reader = (await fetch(`${app.url}/clock`)).body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^data: \d{4}-.*\n\n$/);
    await reader?.cancel();
  });
});

describe("upload-to-disk", () => {
  it("keeps whole files alone, under plain names alone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-upload-"));
    try {
      await using app = await Example.start("upload-to-disk", { FOLDER: folder });
      const put = (path: string, body: BodyInit) => fetch(`${app.url}${path}`, { method: "PUT", body });
      expect((await put("/notes.txt", "remember")).status).toBe(201);
      expect(await text(`${app.url}/notes.txt`)).toBe("remember");
      expect((await put("/.hidden", "x")).status).toBe(400);
      expect((await put("/a/b", "x")).status).toBe(400);
      const broken = new AbortController();
      const unfinished = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1024)) });
      const init = { method: "PUT", body: unfinished, duplex: "half", signal: broken.signal } as RequestInit;
      const upload = fetch(`${app.url}/half.bin`, init);
      await expect.poll(() => readdirSync(folder).length).toBe(2);
      broken.abort();
      await expect(upload).rejects.toThrow();
      await expect.poll(() => readdirSync(folder)).toEqual(["notes.txt"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("several-threads", () => {
  it("answers from a thread, and rolls over without ending", async () => {
    await using app = await Example.start("several-threads", { THREADS: "2" });
    expect(await text(`${app.url}/thread`)).toMatch(/^[12] of 2\n$/);
    app.child.kill("SIGHUP");
    expect(await text(`${app.url}/`)).toContain("<title>tinyhttp");
    app.child.kill("SIGTERM");
    expect(await once(app.child, "exit")).toEqual([0, null]);
  });
});

describe("fastify-app", () => {
  it("serves a directory beside Fastify's own routes", async () => {
    await using app = await Example.start("fastify-app");
    expect(await text(`${app.url}/`)).toBe("Hello from Fastify\n");
    expect(await text(`${app.url}/files/`)).toContain("<title>tinyhttp");
    const part = await fetch(`${app.url}/files/favicon.svg`, { headers: { range: "bytes=0-3" } });
    expect([part.status, await part.text()]).toEqual([206, "<svg"]);
  });
});

describe("proxy", () => {
  it("carries requests and responses of every framing, and refuses what could be read in two ways", async () => {
    const behind = createServer((request, response) => {
      request.setEncoding("utf8").on("data", (piece: string) => response.write(piece.toUpperCase()));
      request.on("end", () => response.end(request.headers.via));
    });
    behind.listen(0, "127.0.0.1");
    await once(behind, "listening");
    const { port } = behind.address() as AddressInfo;
    try {
      await using proxy = await Example.start("proxy", { TARGET: `http://127.0.0.1:${port}` });
      expect(await text(`${proxy.url}/`)).toBe("1.1 example");
      expect(await text(`${proxy.url}/`, { method: "POST", body: "abc" })).toBe("ABC1.1 example");
      const stream = new Blob(["x".repeat(300_000)]).stream();
      const long = await text(proxy.url, { method: "POST", body: stream, duplex: "half" } as RequestInit);
      expect(long.length).toBe(300_000 + "1.1 example".length);
      const head = await fetch(proxy.url, { method: "HEAD" });
      expect([head.status, await head.text()]).toEqual([200, ""]);
      const smuggled = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
      expect(await rawAnswer(Number(new URL(proxy.url).port), smuggled)).toMatch(/^HTTP\/1\.1 400 /);
    } finally {
      behind.close();
    }
  });
});

describe("https", () => {
  it("speaks HTTP/2 on its port, and shows another certificate when told to", async () => {
    await using app = await Example.start("https");
    const first = await certificateOf(app.url);
    app.child.kill("SIGHUP");
    await expect.poll(() => certificateOf(app.url)).not.toBe(first);
  });
});

describe("parser-in-a-page", () => {
  it("reads what is typed", async () => {
    await using site = await Example.start("parser-in-a-page");
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      const trouble: string[] = [];
      page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
      page.on("pageerror", (error) => trouble.push(error.message));
      await page.goto(site.url);
      await page.getByText("data    5 bytes").waitFor();
      await page.getByRole("textbox").fill("GET / HTTP/1.1\nHost: a\nHost: b\n\n");
      await page.getByText(/^400 {5}.*expected one Host field.*RFC 9112 §3\.2/m).waitFor();
      expect(trouble).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/** Fingerprint of the certificate that a server shows; it must answer over HTTP/2 too. */
async function certificateOf(url: string): Promise<string> {
  const session = connectHttp2(url, { rejectUnauthorized: false });
  const request = session.request({ ":path": "/" });
  const [headers] = (await once(request, "response")) as [{ ":status": number; "strict-transport-security": string }];
  const { fingerprint256 } = (session.socket as TLSSocket).getPeerCertificate();
  session.destroy();
  expect([headers[":status"], headers["strict-transport-security"]]).toEqual([200, "max-age=31536000"]);
  return fingerprint256;
}

async function rawAnswer(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(bytes, "latin1");
  let answer = "";
  for await (const piece of socket) answer += String(piece);
  return answer;
}
