import { readFileSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, serve, type Served } from "./program.ts";
import { TemporarySite } from "./site.ts";

const COMBINED =
  /^127\.0\.0\.1 - - \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "[^"]*" \d{3} \d+ "[^"]*" "[^"]*"$/;

const HOSTILE_AGENTS = [
  "\u001b[2J\u001b]0;owned\u0007",
  '" 200 5 "-" "forged',
  "tab\tand \u0080 c1",
  "\u00e2\u0080\u00ae bidi",
  "\\x00",
  "x".repeat(7000),
];

/** Sends bytes that no proper client would, and waits for the answer to end. */
async function sendRaw(served: Served, bytes: string): Promise<void> {
  const { port } = new URL(served.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.end(bytes, "latin1");
  socket.resume();
  await once(socket, "close");
}

async function logOf(format: string): Promise<string[]> {
  using site = new TemporarySite({ "a.txt": "hello" });
  const log = join(site.directory, "access.log");
  const served = await serve([site.root, "--access-log", log, "--log-format", format]);
  await (
    await fetch(`${served.url}a.txt?token=s3cret`, { headers: { authorization: "Bearer s3cret", cookie: "s3cret" } })
  ).text();
  await (await fetch(`${served.url}none`, { headers: { referer: "http://u:s3cret@a.example/b?key=s3cret" } })).text();
  for (const agent of HOSTILE_AGENTS) {
    await sendRaw(served, `GET /a.txt HTTP/1.1\r\nHost: x\r\nUser-Agent: ${agent}\r\nConnection: close\r\n\r\n`);
  }
  await served.stop();
  const text = readFileSync(log, "latin1");
  expect(text).not.toContain("s3cret");
  expect(text).toMatch(/^[\n -~]*$/);
  return text.trimEnd().split("\n");
}

describe("--access-log", () => {
  it("writes the Combined Log Format, one line per request, whatever the client sends", async () => {
    const lines = await logOf("combined");
    for (const line of lines) expect(line).toMatch(COMBINED);
    expect(lines[0]).toMatch(/"GET \/a\.txt HTTP\/1\.1" 200 5 "-" "node"$/);
    expect(lines[1]).toMatch(/"GET \/none HTTP\/1\.1" 404 \d+ "http:\/\/a\.example\/b" "node"$/);
  });

  it("writes JSON, one object per line, whatever the client sends", async () => {
    const records = (await logOf("json")).map((line): Record<string, unknown> => JSON.parse(line));
    expect(records[0]).toMatchObject({
      "client.address": "127.0.0.1",
      "http.request.method": "GET",
      "url.path": "/a.txt",
      "http.response.status_code": 200,
      "http.response.body.size": 5,
      complete: true,
    });
    const agents = records.map((record) => record["user_agent.original"]);
    expect(agents).toContain("\u00e2\u0080\u00ae bidi");
  });

  it("goes to standard output after the URL when it is -", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const served = await serve([site.root, "--access-log", "-"]);
    await (await fetch(`${served.url}a.txt`)).text();
    const { stdout, stderr } = await served.stop();
    const [url, line, ...rest] = stdout.split("\n");
    expect(url).toBe(served.url);
    expect(line).toMatch(COMBINED);
    expect({ rest, stderr }).toEqual({ rest: [""], stderr: "" });
  });

  it("costs no request when the disk is full, and says once that lines are dropped", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const served = await serve([site.root, "--access-log", "/dev/full"]);
    for (let request = 0; request < 50; request++) expect((await fetch(`${served.url}a.txt`)).status).toBe(200);
    const { code, stderr } = await served.stop();
    expect(code).toBe(0);
    expect(stderr).toBe(
      'tinyhttp: Cannot write the log "/dev/full": no space is left on the device; requests go on, lines are dropped\n',
    );
  });

  it("holds up neither requests nor the end when nobody reads the pipe that it goes to", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const served = await serve([site.root, "--access-log", "-"]);
    served.child.stdout?.pause();
    const headers = { "user-agent": "x".repeat(500) };
    for (let request = 0; request < 500; request++)
      expect((await fetch(`${served.url}a.txt`, { headers })).status).toBe(200);
    served.signal("SIGTERM");
    const [code] = await once(served.child, "exit");
    expect(code).toBe(0);
  });

  it("costs no request when the reader of the pipe has gone", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const served = await serve([site.root, "--access-log", "-"]);
    served.child.stdout?.destroy();
    for (let request = 0; request < 20; request++) expect((await fetch(`${served.url}a.txt`)).status).toBe(200);
    const { code, stderr } = await served.stop();
    expect(code).toBe(0);
    expect(stderr).toBe(
      'tinyhttp: Cannot write the log "standard output": its reader has gone; requests go on, lines are dropped\n',
    );
  });

  it("is readable by others only through the group", async () => {
    using site = new TemporarySite();
    const log = join(site.directory, "access.log");
    await using served = await serve([site.root, "--access-log", log]);
    expect((await run(["stat", "-c", "%a", log])).stdout).toMatch(/^6[04]0\n$/);
    expect(served.stderr).toBe("");
  });
});

describe("--debug", () => {
  it("shows each head as it was read and as it was sent, without secrets", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const served = await serve([site.root, "--debug"]);
    const headers = { authorization: "Bearer s3cret", "x-api-key": "s3cret", "x-odd": "\u009b31m" };
    await (await fetch(`${served.url}a.txt?api_key=s3cret&page=2`, { headers })).text();
    const { stdout, stderr } = await served.stop();
    expect(stdout).toBe(`${served.url}\n`);
    expect(stderr).not.toContain("s3cret");
    expect(stderr).toMatch(/^> GET \/a\.txt\?api_key=\(hidden\)&page=2 HTTP\/1\.1$/m);
    expect(stderr).toMatch(/^> authorization: \(hidden\)$/im);
    expect(stderr).toMatch(/^> x-odd: \\x9b31m$/im);
    expect(stderr).toMatch(/^< HTTP\/1\.1 200 OK$/m);
    expect(stderr).toMatch(/^< content-length: 5$/im);
    expect(stderr).toMatch(/^= 5 bytes of content in \d+\.\d ms$/m);
  });
});
