import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needs, run, serve, type Served } from "./program.ts";
import { countingBytes, TemporarySite } from "./site.ts";

const CURL = "/usr/bin/curl";
needs(CURL, "curl");

const BIG = countingBytes(3_000_000);
const TEXT = "All work and no play makes a dull server.\n".repeat(500);

let site: TemporarySite;
let served: Served;

beforeAll(async () => {
  site = new TemporarySite({ "index.html": "<h1>home</h1>", "big.bin": BIG, "text.txt": TEXT, "sub/a.txt": "a" });
  served = await serve([site.root]);
});
afterAll(async () => {
  await served.stop();
  site[Symbol.dispose]();
});

/** @returns Standard output as curl wrote it, as latin1 so that bytes can be compared. */
async function curl(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run([CURL, "--silent", "--show-error", "--max-time", "20", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** What `--write-out` of curl can say about an exchange. */
async function status(...args: string[]): Promise<string> {
  return curl("--output", "/dev/null", "--write-out", "%{http_code}", ...args);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

describe("curl", () => {
  it("downloads bytes as they are", async () => {
    const file = join(site.directory, "whole");
    await curl("--output", file, `${served.url}big.bin`);
    expect(sha256(readFileSync(file))).toBe(sha256(BIG));
  });

  it.each([
    ["0-0", 0, 1],
    ["100-199", 100, 200],
    ["2999990-", 2_999_990, 3_000_000],
    ["-10", 2_999_990, 3_000_000],
    ["2999990-9999999", 2_999_990, 3_000_000],
  ])("--range %s", async (range, start, end) => {
    const file = join(site.directory, "part");
    const code = await curl("--range", range, "--output", file, "--write-out", "%{http_code}", `${served.url}big.bin`);
    expect(code).toBe("206");
    expect(readFileSync(file).equals(BIG.subarray(start, end))).toBe(true);
  });

  it("is told 416 for a range beyond the end", async () => {
    expect(await status("--range", "3000000-", `${served.url}big.bin`)).toBe("416");
  });

  it("-C - resumes a download that broke off", async () => {
    const file = join(site.directory, "resumed");
    writeFileSync(file, BIG.subarray(0, 1_234_567));
    await curl("-C", "-", "--output", file, `${served.url}big.bin`);
    expect(sha256(readFileSync(file))).toBe(sha256(BIG));
  });

  it("--compressed gets fewer bytes and the same text", async () => {
    const file = join(site.directory, "text");
    const args = ["--compressed", "--output", file, "--write-out", "%{size_download}", `${served.url}text.txt`];
    expect(Number(await curl(...args))).toBeLessThan(TEXT.length / 5);
    expect(readFileSync(file, "utf8")).toBe(TEXT);
  });

  it("-T is told 405 and what is allowed, and may go on", async () => {
    const upload = join(site.directory, "secret.txt");
    const head = await curl("-T", upload, "--output", "/dev/null", "--dump-header", "-", `${served.url}new.txt`);
    expect(head).toMatch(/^HTTP\/1\.1 405 /m);
    expect(head).toMatch(/^Allow: GET, HEAD, OPTIONS\r$/im);
  });

  it("-T of a large body with Expect: 100-continue is told 405 without having to send it", async () => {
    const upload = join(site.directory, "upload.bin");
    writeFileSync(upload, BIG);
    const args = ["-T", upload, "-H", "Expect: 100-continue", "--expect100-timeout", "10"];
    const format = "%{http_code} %{size_upload}";
    expect(await curl(...args, "--output", "/dev/null", "--write-out", format, `${served.url}new.bin`)).toBe("405 0");
  });

  it("--http1.0 gets the file and the end of the connection", async () => {
    const head = await curl("--http1.0", "--output", "/dev/null", "--dump-header", "-", `${served.url}text.txt`);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(head).not.toMatch(/^Transfer-Encoding:/im);
    expect(await curl("--http1.0", `${served.url}sub/a.txt`)).toBe("a");
  });

  it("--head gets the length and no content", async () => {
    const head = await curl("--head", `${served.url}big.bin`);
    expect(head).toMatch(/^Content-Length: 3000000\r$/im);
  });

  it("--etag-compare and --time-cond are told that nothing changed", async () => {
    const etag = join(site.directory, "etag");
    await curl("--etag-save", etag, "--output", "/dev/null", `${served.url}text.txt`);
    expect(await status("--etag-compare", etag, `${served.url}text.txt`)).toBe("304");
    expect(await status("--time-cond", join(site.root, "text.txt"), `${served.url}text.txt`)).toBe("304");
  });

  it("uses one connection for many files", async () => {
    const urls = Array.from({ length: 20 }, () => ["--output", "/dev/null", `${served.url}sub/a.txt`]).flat();
    expect(await curl("--write-out", "%{num_connects}", ...urls)).toBe(`1${"0".repeat(19)}`);
  });
});

describe("curl --path-as-is gets nothing from outside the root", () => {
  it.each([
    ["/../secret.txt"],
    ["/../../../../../../etc/passwd"],
    ["/sub/../../secret.txt"],
    ["/%2e%2e/secret.txt"],
    ["/%2E%2E/%2E%2E/etc/passwd"],
    ["/..%2fsecret.txt"],
    ["/%2e%2e%2fsecret.txt"],
    ["/sub/%2e%2e%2f%2e%2e%2fsecret.txt"],
    ["/..%5csecret.txt"],
    ["/..\\secret.txt"],
    ["/%252e%252e/secret.txt"],
    ["/%252e%252e%252fsecret.txt"],
    ["/%c0%ae%c0%ae/secret.txt"],
    ["/%e0%80%ae%e0%80%ae/secret.txt"],
    ["/.../secret.txt"],
    ["/....//secret.txt"],
    ["/..;/secret.txt"],
    ["/.%00./secret.txt"],
    ["/%00/../secret.txt"],
    ["/secret.txt%00.html"],
    ["//../secret.txt"],
    ["/./../secret.txt"],
    ["//etc/passwd"],
    ["/link.txt"],
    ["/sub/../link.txt"],
    ["/?/../secret.txt"],
    ["/..?/secret.txt"],
    ["/%2e%2e?x"],
    ["/index.html/../../secret.txt"],
    ["/index.html/"],
    ["/~root/.profile"],
    ["/file:///etc/passwd"],
    ["/C:/secret.txt"],
    ["/.git/config"],
  ])("%s", async (path) => {
    const url = served.url.slice(0, -1) + path;
    const answer = await curl("--path-as-is", "--globoff", "--include", url);
    expect(answer).not.toContain(TemporarySite.SECRET);
    expect(answer).not.toContain("root:");
    expect(answer).not.toContain(site.directory);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|404|200) /);
    // The one answer with content that these may have is the site's own first page.
    if (answer.startsWith("HTTP/1.1 200 ")) expect(answer).toMatch(/\r\n\r\n<h1>home<\/h1>$/);
  });
});
