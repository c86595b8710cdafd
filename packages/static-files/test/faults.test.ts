import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isFileSlice, type FileSlice } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";
import { describe, expect, it } from "vitest";
import { ask, fakeRequest } from "./fake-request.ts";
import { openDescriptors, putFile, settle, temporarySite } from "./temporary-site.ts";

const LARGE = Buffer.alloc(2 * 1024 * 1024, "0123456789abcdef");

/** Takes a response for a large file and reads the first 64 KiB; then the rest, after `meanwhile`. */
async function sendLarge(meanwhile: (path: string, root: string) => void, range?: string): Promise<Buffer> {
  const root = temporarySite({ "large.bin": LARGE });
  const headers = range === undefined ? {} : { Range: range };
  const { body } = await staticFiles(root)(fakeRequest("/large.bin", { headers }));
  if (body === null || body === undefined || typeof body === "string" || !isFileSlice(body)) {
    throw new Error("expected a slice of a file");
  }
  const bytes = Buffer.alloc(body.length);
  try {
    const sent = await body.read(bytes.subarray(0, 65_536), 0);
    meanwhile(join(root, "large.bin"), root);
    return await sendRest(body, bytes, sent);
  } finally {
    body.close();
  }
}

async function sendRest(body: FileSlice, bytes: Buffer, sent: number): Promise<Buffer> {
  for (let filled = sent; filled < bytes.length;) {
    filled += await body.read(bytes.subarray(filled, filled + 65_536), filled);
  }
  return bytes;
}

describe("a large file that changes while it is sent", () => {
  it("breaks off when it is truncated", async () => {
    await expect(sendLarge((path) => truncateSync(path, 100_000))).rejects.toMatchObject({ code: "file-changed" });
  });

  it("is sent as announced when it grows", async () => {
    expect((await sendLarge((path) => appendFileSync(path, "more"))).equals(LARGE)).toBe(true);
  });

  it("is sent whole when another takes its name, and the next request gets the other", async () => {
    const root = temporarySite({ "large.bin": LARGE });
    const handler = staticFiles(root);
    const before = await ask(handler, "/large.bin");
    const sent = await sendLarge((path) => {
      putFile(`${path}.new`, Buffer.alloc(LARGE.length));
      renameSync(`${path}.new`, path);
    });
    expect(sent.equals(LARGE)).toBe(true);
    putFile(join(root, "new"), Buffer.alloc(LARGE.length));
    renameSync(join(root, "new"), join(root, "large.bin"));
    const after = await ask(handler, "/large.bin");
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    expect(after.bytes.equals(Buffer.alloc(LARGE.length))).toBe(true);
  });

  it.each([[undefined], ["bytes=0-1000000"], ["bytes=0-999999,1500000-1600000"]])(
    "breaks off when it is rewritten in place (Range: %s)",
    async (range) => {
      const sending = sendLarge((path) => writeFileSync(path, Buffer.alloc(LARGE.length)), range);
      await expect(sending).rejects.toMatchObject({ code: "file-changed" });
    },
  );

  it("tells nobody outside what and where it was", async () => {
    const failure = await sendLarge((path) => truncateSync(path, 0)).catch((error: unknown) => String(error));
    expect(failure).toBe("StaticFilesError: Cannot send the rest of a file: it was truncated while it was sent");
  });
});

describe("a large file that was written just now", () => {
  it("has a weak tag, so that no range is taken from another version (RFC 9110 §13.1.5)", async () => {
    const root = temporarySite({ "large.bin": LARGE });
    const handler = staticFiles(root);
    let etag = "";
    // A busy machine may take longer for one round than the file stays new.
    for (let round = 0; round < 100 && !etag.startsWith("W/"); round += 1) {
      utimesSync(join(root, "large.bin"), new Date(), new Date());
      etag = (await ask(handler, "/large.bin", { method: "HEAD" })).headers.get("etag") ?? "";
    }
    expect(etag).toMatch(/^W\//);
    const headers = { Range: "bytes=0-1", "If-Range": etag };
    expect((await ask(handler, "/large.bin", { headers })).status).toBe(200);
  });
});

describe("a root that vanishes", () => {
  it("is 503 until it is back", async () => {
    const parent = temporarySite({ "site/a.txt": "a", "site/b.txt": "b" });
    const handler = staticFiles(join(parent, "site"), { cache: { revalidateMs: 0 } });
    expect((await ask(handler, "/a.txt")).status).toBe(200);
    renameSync(join(parent, "site"), join(parent, "away"));
    for (const target of ["/a.txt", "/b.txt", "/"]) {
      const answer = await ask(handler, target);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    renameSync(join(parent, "away"), join(parent, "site"));
    expect((await ask(handler, "/a.txt")).text).toBe("a");
    expect((await ask(handler, "/nothing")).status).toBe(404);
  });
});

describe("names that lead nowhere", () => {
  it.each([["x".repeat(300)], ["x/".repeat(3000)], ["a.txt/"], ["a.txt/b"]])("are 404: %.20s", async (name) => {
    const handler = staticFiles(temporarySite({ "a.txt": "a" }), { listing: true, cleanUrls: true });
    expect((await ask(handler, `/${name}`)).status).toBe(404);
  });
});

describe("a process that is out of descriptors", () => {
  it("answers 503 from the disk, and as ever from memory and once it has some again", () => {
    const script = fileURLToPath(new URL("exhaust-descriptors.ts", import.meta.url));
    const root = temporarySite({ "hot.txt": "hot", "cold.txt": "cold" });
    const node = `exec "${process.execPath}" --conditions=@tinyhttp/source "${script}" "${root}"`;
    // Node reads certificates of its own in the background, and would tell that it could not.
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
    const { stdout, stderr } = spawnSync("sh", ["-c", `ulimit -n 100; ${node}`], { encoding: "utf8", env });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ hot: 200, cold: 503, retryAfter: "1", later: 200 });
  });
});

describe("answers that send nothing of a large file", () => {
  it("give it back", async () => {
    const handler = staticFiles(temporarySite({ "large.bin": LARGE, "404.html": LARGE }));
    await settle();
    const etag = (await ask(handler, "/large.bin")).headers.get("etag") ?? "";
    const before = openDescriptors();
    for (const headers of [
      { "If-None-Match": etag },
      { "If-Match": '"x"' },
      { Range: "bytes=99999999-" },
      { "Accept-Encoding": "identity;q=0" },
    ]) {
      expect((await ask(handler, "/large.bin", { headers })).bytes.length).toBeLessThan(100);
    }
    expect((await ask(handler, "/nothing")).status).toBe(404);
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });
});

describe("a file of more than 4 GiB", () => {
  it("is announced and read at its far end", async () => {
    const size = 5 * 1024 ** 3;
    const root = temporarySite({ "sparse.bin": "" });
    truncateSync(join(root, "sparse.bin"), size);
    const descriptor = openSync(join(root, "sparse.bin"), "r+");
    writeSync(descriptor, "end", size - 3);
    closeSync(descriptor);
    const handler = staticFiles(root);
    const answer = await ask(handler, "/sparse.bin", { headers: { Range: `bytes=${size - 5}-` } });
    expect(answer.text).toBe("\0\0end");
    expect(answer.headers.get("content-range")).toBe(`bytes ${size - 5}-${size - 1}/${size}`);
    const suffix = await ask(handler, "/sparse.bin", { headers: { Range: "bytes=-3" } });
    expect(suffix.text).toBe("end");
  });
});

describe("a Cache-Control that cannot be sent", () => {
  it("is an error of the server's, and leaves nothing open", async () => {
    const root = temporarySite({ "large.bin": LARGE, "a.txt": "a" });
    const handler = staticFiles(root, { cacheControl: (path) => (path === "/a.txt" ? "a\r\nb" : undefined) });
    await expect(ask(handler, "/a.txt")).rejects.toThrow(TypeError);
    const failing = staticFiles(root, {
      cacheControl: () => {
        throw new Error("no policy");
      },
    });
    const before = openDescriptors();
    await expect(ask(failing, "/large.bin")).rejects.toThrow("no policy");
    await expect.poll(openDescriptors).toBeLessThan(before + 1);
  });
});
