import { chmodSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { staticFiles } from "@tinyhttp/static-files";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, fakeRequest } from "./fake-request.ts";
import { putFile, settle, temporarySite } from "./temporary-site.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

describe("the cache of hot files", () => {
  it("answers with a changed file once the stated time has passed, and not earlier than it looks", async () => {
    const root = temporarySite({ "a.txt": "old" });
    await settle();
    const handler = staticFiles(root);
    const old = await ask(handler, "/a.txt");
    putFile(join(root, "a.txt"), "new", new Date("2025-06-01T12:00:00.251Z"));
    vi.advanceTimersByTime(999);
    expect((await ask(handler, "/a.txt")).text).toBe("old");
    vi.advanceTimersByTime(1);
    const changed = await ask(handler, "/a.txt");
    expect(changed.text).toBe("new");
    expect(changed.headers.get("etag")).not.toBe(old.headers.get("etag"));
    expect((await ask(handler, "/a.txt", { headers: { "If-None-Match": old.headers.get("etag") ?? "" } })).status).toBe(
      200,
    );
  });

  it("looks at each request when the stated time is 0", async () => {
    const root = temporarySite({ "a.txt": "1" });
    const handler = staticFiles(root, { cache: { revalidateMs: 0 } });
    for (const text of ["2", "3", "4"]) {
      putFile(join(root, "a.txt"), text);
      expect((await ask(handler, "/a.txt")).text).toBe(text);
    }
  });

  it("looks as of now for a request that waited before it came here", async () => {
    const root = temporarySite({ "a.txt": "old" });
    await settle();
    const handler = staticFiles(root);
    const waiting = fakeRequest("/a.txt");
    await ask(handler, "/a.txt");
    putFile(join(root, "a.txt"), "new");
    vi.advanceTimersByTime(1000);
    expect(handler(waiting)).toBeInstanceOf(Promise);
    expect((await ask(handler, "/a.txt")).text).toBe("new");
  });

  it("reads a file again that was changed so recently that its times cannot show another change", async () => {
    const root = temporarySite({ "settled.txt": "a" });
    await settle();
    const handler = staticFiles(root);
    const settled = await handler(fakeRequest("/settled.txt"));
    let isReadAgain = false;
    // A busy machine may take longer for one round than a file counts as new.
    for (let round = 0; round < 100 && !isReadAgain; round += 1) {
      putFile(join(root, `${round}.txt`), "a");
      await handler(fakeRequest(`/${round}.txt`));
      vi.advanceTimersByTime(1000);
      isReadAgain = handler(fakeRequest(`/${round}.txt`)) instanceof Promise;
    }
    expect(isReadAgain).toBe(true);
    expect(handler(fakeRequest("/settled.txt"))).toBe(settled);
  });

  it("keeps the tag of a file that was only touched", async () => {
    const root = temporarySite({ "a.txt": "same" });
    await settle();
    const handler = staticFiles(root);
    const before = await ask(handler, "/a.txt");
    putFile(join(root, "a.txt"), "same", new Date("2025-07-01T00:00:00Z"));
    vi.advanceTimersByTime(1000);
    const after = await ask(handler, "/a.txt");
    expect(after.headers.get("etag")).toBe(before.headers.get("etag"));
    expect(after.headers.get("last-modified")).not.toBe(before.headers.get("last-modified"));
  });

  it("notices that a file went, was replaced, or now leads out of the root", async () => {
    const outside = temporarySite({ "a.txt": "outside" });
    const root = temporarySite({ "a.txt": "a", "b.txt": "b", "d/c.txt": "c" });
    await settle();
    const handler = staticFiles(root);
    for (const target of ["/a.txt", "/b.txt", "/d/c.txt"]) expect((await ask(handler, target)).status).toBe(200);
    rmSync(join(root, "a.txt"));
    putFile(join(root, "b.new"), "replaced");
    renameSync(join(root, "b.new"), join(root, "b.txt"));
    renameSync(join(root, "d"), join(root, "e"));
    putFile(join(outside, "c.txt"), "c");
    symlinkSync(outside, join(root, "d"));
    vi.advanceTimersByTime(1000);
    expect((await ask(handler, "/a.txt")).status).toBe(404);
    expect((await ask(handler, "/b.txt")).text).toBe("replaced");
    expect((await ask(handler, "/d/c.txt")).status).toBe(404);
  });

  it("notices an index, a page or a file of a preferred name", async () => {
    const root = temporarySite({ "d/index.htm": "htm", "a.html": "page" });
    await settle();
    const handler = staticFiles(root, { index: ["index.html", "index.htm"], cleanUrls: true });
    expect((await ask(handler, "/d/")).text).toBe("htm");
    expect((await ask(handler, "/a")).text).toBe("page");
    putFile(join(root, "d/index.html"), "html");
    putFile(join(root, "a"), "file");
    vi.advanceTimersByTime(1000);
    expect((await ask(handler, "/d/")).text).toBe("html");
    expect((await ask(handler, "/a")).text).toBe("file");
  });

  it("reads a file again whose mode was changed", async () => {
    const root = temporarySite({ "a.txt": "a" });
    await settle();
    const handler = staticFiles(root);
    const before = await handler(fakeRequest("/a.txt"));
    expect(handler(fakeRequest("/a.txt"))).toBe(before);
    chmodSync(join(root, "a.txt"), 0);
    vi.advanceTimersByTime(1000);
    expect(handler(fakeRequest("/a.txt"))).toBeInstanceOf(Promise);
  });

  it("holds no more than its budget, and serves everything all the same", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `${i}.txt`);
    const root = temporarySite(Object.fromEntries(names.map((name) => [name, `${name} `.repeat(100)])));
    const handler = staticFiles(root, { cache: { maxBytes: 20_000 } });
    for (const name of [...names, ...names]) {
      expect((await ask(handler, `/${name}`)).text).toBe(`${name} `.repeat(100));
    }
    const held = names.filter((name) => !(handler(fakeRequest(`/${name}`)) instanceof Promise));
    expect(held.length).toBeGreaterThan(0);
    expect(held.length).toBeLessThan(10);
  });

  it("reads a file once for all who ask for it at the same time", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": "a" }));
    const [first, ...others] = await Promise.all(
      Array.from({ length: 20 }, async () => handler(fakeRequest("/a.txt"))),
    );
    expect(others.every((other) => other === first)).toBe(true);
  });
});
