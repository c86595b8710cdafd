import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Principal } from "@tinyhttp/handler";
import { onTestFinished, describe, expect, it } from "vitest";
import { staticFiles, type StaticFilesOptions } from "../src/index.ts";
import { ask, fakeRequest, headersOf, readAnswer } from "./fake-request.ts";
import { openDescriptors, putFile, settle, temporarySite } from "./temporary-site.ts";

const ON = { listing: true, archive: true } satisfies StaticFilesOptions;

/** The names in an archive as Python's zipfile reads them, after it has checked each content. */
async function namesIn(root: string, target: string, options: StaticFilesOptions = {}): Promise<string[]> {
  const answer = await ask(staticFiles(root, { ...ON, ...options }), target);
  expect(answer.status).toBe(200);
  return JSON.parse(python(answer.bytes, "print(json.dumps(z.namelist()))")) as string[];
}

function python(archive: Uint8Array, statement: string): string {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.zip");
  writeFileSync(path, archive);
  const script = `import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; ${statement}`;
  return execFileSync("/usr/bin/python3", ["-c", script, path], { encoding: "utf8" });
}

describe("an archive of a directory", () => {
  it("holds what is below it, in the order of the listing, under the directory's name", async () => {
    const root = temporarySite({ "d/b": "b", "d/a10": "", "d/a9": "x".repeat(300_000), "d/e/f/ü": "u", other: "" });
    mkdirSync(join(root, "d/empty"));
    const answer = await ask(staticFiles(root, ON), "/d/?zip");
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="d.zip"');
    const names = JSON.parse(python(answer.bytes, "print(json.dumps(z.namelist()))")) as string[];
    expect(names).toEqual(["d/", "d/e/", "d/e/f/", "d/e/f/ü", "d/empty/", "d/a9", "d/a10", "d/b"]);
    const sizes = python(answer.bytes, "print(json.dumps([(i.file_size, i.date_time[0]) for i in z.infolist()[3:]]))");
    expect(JSON.parse(sizes)).toMatchObject([
      [1, 2025],
      [0, expect.any(Number)],
      [300_000, 2025],
      [0, 2025],
      [1, 2025],
    ]);
  });

  it("is named after the base path at the top, or plainly", async () => {
    const root = temporarySite({ a: "" });
    expect(await namesIn(root, "/?zip")).toEqual(["files/", "files/a"]);
    expect(await namesIn(root, "/my%20docs/?zip=", { basePath: "/my docs" })).toEqual(["my docs/", "my docs/a"]);
  });

  it("holds only what requests are answered with", async () => {
    const root = temporarySite({ "d/a": "a", "d/.hidden": "", "d/.git/x": "", "d/new\nline": "", "d/..\\..\\x": "" });
    writeFileSync(Buffer.concat([Buffer.from(join(root, "d/bad")), Buffer.from([0xff])]), "");
    execFileSync("mkfifo", [join(root, "d/fifo")]);
    symlinkSync("/etc/passwd", join(root, "d/outside"));
    symlinkSync("/etc", join(root, "d/outside-too"));
    symlinkSync("nowhere", join(root, "d/broken"));
    expect(await namesIn(root, "/d/?zip")).toEqual(["d/", "d/a"]);
    expect(await namesIn(root, "/d/?zip", { dotfiles: "served" })).toEqual([
      "d/",
      "d/.git/",
      "d/.git/x",
      "d/.hidden",
      "d/a",
    ]);
  });

  it("follows links that are followed, and ends where they go round in circles", async () => {
    const root = temporarySite({ "d/a": "a", "other/b": "b" });
    symlinkSync("../other", join(root, "d/link"));
    symlinkSync("../d", join(root, "other/back"));
    symlinkSync(".", join(root, "d/self"));
    symlinkSync("../other", join(root, "d/link again"));
    symlinkSync("a", join(root, "d/c"));
    expect(await namesIn(root, "/d/?zip")).toEqual(["d/", "d/link/", "d/link/b", "d/a", "d/c"]);
  });

  it("holds only what the one who asks may have", async () => {
    const root = temporarySite({ "d/a": "", "d/b": "", "d/e/f": "" });
    const handler = staticFiles(root, { ...ON, basePath: "/base" });
    const request = fakeRequest("/base/d/?zip");
    const refused = new Set(["read /base/d/b", "list /base/d/e/"]);
    request.principal = principal((action, path) => !refused.has(`${action} ${path}`));
    const { bytes } = await readAnswer(await handler(request));
    expect(JSON.parse(python(bytes, "print(json.dumps(z.namelist()))"))).toEqual(["d/", "d/a"]);
  });

  it("is there only when switched on, for a directory that is listed", async () => {
    const root = temporarySite({ "d/a": "", "site/index.html": "index" });
    const off = await ask(staticFiles(root, { listing: true }), "/d/?zip");
    expect(off.headers.get("content-type")).toMatch(/^text\/html/);
    expect(off.text).not.toContain("zip");
    expect((await ask(staticFiles(root, { archive: true }), "/d/?zip")).status).toBe(404);
    expect((await ask(staticFiles(root, ON), "/site/?zip")).text).toBe("index");
    expect((await ask(staticFiles(root, ON), "/d/")).text).toContain('name="zip"');
  });

  it("answers HEAD without reading anything", async () => {
    const handler = staticFiles(temporarySite({ "d/a": "" }), ON);
    const before = openDescriptors();
    const response = await handler(fakeRequest("/d/?zip", { method: "HEAD" }));
    expect(headersOf(response).get("content-type")).toBe("application/zip");
    expect([response.body, openDescriptors()]).toEqual([undefined, before]);
  });

  it("never is a whole archive when a file shrinks, is rewritten, or the client goes", async () => {
    const root = temporarySite({ "d/a": "a".repeat(1_000_000), "d/b": "b" });
    await settle();
    const handler = staticFiles(root, ON);
    const before = openDescriptors();
    const damages = [
      () => truncateSync(join(root, "d/a"), 10),
      () => putFile(join(root, "d/a"), "c".repeat(1_000_000), new Date()),
    ];
    for (const damage of damages) {
      putFile(join(root, "d/a"), "a".repeat(1_000_000));
      await settle();
      const response = await handler(fakeRequest("/d/?zip"));
      const body = response.body as AsyncGenerator<Uint8Array>;
      for (let piece = 0; piece < 3; piece += 1) await body.next();
      damage();
      await expect(readAnswer(response)).rejects.toMatchObject({ code: "file-changed" });
    }
    const left = (await handler(fakeRequest("/d/?zip"))).body as AsyncGenerator<Uint8Array>;
    for (let piece = 0; piece < 3; piece += 1) await left.next();
    await left.return(undefined);
    await settle();
    expect(openDescriptors()).toBe(before);
  });

  it("reads no further than it is asked for", async () => {
    const root = temporarySite({ "d/a": "a".repeat(5_000_000) });
    const body = (await staticFiles(root, ON)(fakeRequest("/d/?zip"))).body as AsyncGenerator<Uint8Array>;
    const lengths: number[] = [];
    for await (const piece of body) lengths.push(piece.length);
    expect(Math.max(...lengths)).toBe(128 * 1024);
    expect(lengths.length).toBeGreaterThan(39);
  });

  it("is refused for a moment while four are under way", async () => {
    const handler = staticFiles(temporarySite({ "d/a": "" }), ON);
    const bodies: AsyncGenerator<Uint8Array>[] = [];
    for (let index = 0; index < 4; index += 1) {
      bodies.push((await handler(fakeRequest("/d/?zip"))).body as AsyncGenerator<Uint8Array>);
    }
    const busy = await ask(handler, "/d/?zip");
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "1"]);
    for (const body of bodies) await body.return(undefined);
    expect((await ask(handler, "/d/?zip")).status).toBe(200);
  });

  it("has a name that can be saved anywhere", async () => {
    const root = temporarySite({ 'd/"ü"%41/a': "" });
    const answer = await ask(staticFiles(root, ON), "/d/%22%C3%BC%22%2541/?zip");
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="___41.zip"; filename*=UTF-8''%22%C3%BC%22%2541.zip`.replace("___41", "____41"),
    );
  });

  it("opens in Info-ZIP, which sets the times that the files had", async () => {
    const root = temporarySite({ "d/ü.txt": "content" });
    utimesSync(join(root, "d/ü.txt"), 1_700_000_001, 1_700_000_001);
    const { bytes } = await ask(staticFiles(root, ON), "/d/?zip");
    const folder = temporarySite({ "a.zip": bytes });
    execFileSync("/usr/bin/unzip", ["-q", "a.zip"], { cwd: folder, env: { ...process.env, LC_ALL: "C.UTF-8" } });
    expect(readFileSync(join(folder, "d/ü.txt"), "utf8")).toBe("content");
    expect(execFileSync("stat", ["-c", "%Y %a", join(folder, "d/ü.txt")], { encoding: "utf8" })).toBe(
      "1700000001 644\n",
    );
  });
});

function principal(may: Principal["may"]): Principal {
  return { kind: "key", id: "k", address: "127.0.0.1", may };
}
