import { appendFileSync, fstatSync, openSync, renameSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDescriptors, temporarySite } from "../../test/temporary-site.ts";
import { identityOf } from "./file-identity.ts";
import { OpenFile } from "./open-file.ts";

const SIZE = 100_000;
const CONTENT = Buffer.from(Array.from({ length: SIZE }, (_, i) => i % 251));

function openLarge(): { path: string; file: OpenFile } {
  const path = join(temporarySite({ large: CONTENT }), "large");
  return { path, file: open(path) };
}

function open(path: string): OpenFile {
  const descriptor = openSync(path, "r");
  return new OpenFile(descriptor, identityOf(fstatSync(descriptor, { bigint: true })));
}

/** Reads a slice through one buffer of 10,000 bytes, as a server does; does `meanwhile` after the first piece. */
async function send(file: OpenFile, meanwhile: () => void = () => undefined): Promise<Buffer> {
  const slice = file.slice({ first: 0, last: file.length - 1 });
  const buffer = Buffer.allocUnsafe(10_000);
  const pieces: Buffer[] = [];
  for (let sent = 0; sent < slice.length;) {
    const size = await slice.read(buffer, sent);
    pieces.push(Buffer.from(buffer.subarray(0, size)));
    if (sent === 0) meanwhile();
    sent += size;
  }
  slice.close();
  return Buffer.concat(pieces);
}

describe("OpenFile", () => {
  it("reads the whole file", async () => {
    expect((await send(openLarge().file)).equals(CONTENT)).toBe(true);
  });

  it("reads no further than a slice goes", async () => {
    const slice = openLarge().file.slice({ first: 10, last: 19 });
    const into = Buffer.alloc(100, 0xff);
    expect(slice.length).toBe(10);
    expect(await slice.read(into, 4)).toBe(6);
    expect([...into.subarray(0, 7)]).toEqual([14, 15, 16, 17, 18, 19, 0xff]);
    slice.close();
  });

  it("fails when the file is truncated meanwhile", async () => {
    const { path, file } = openLarge();
    await expect(send(file, () => truncateSync(path, 50_000))).rejects.toMatchObject({ code: "file-changed" });
    file.close();
  });

  it("sends the announced bytes when the file grows meanwhile", async () => {
    const { path, file } = openLarge();
    const sent = await send(file, () => appendFileSync(path, "more"));
    expect(sent.equals(CONTENT)).toBe(true);
  });

  it("sends the file that was opened when another takes its name", async () => {
    const { path, file } = openLarge();
    const sent = await send(file, () => {
      writeFileSync(`${path}.new`, Buffer.alloc(SIZE));
      renameSync(`${path}.new`, path);
    });
    expect(sent.equals(CONTENT)).toBe(true);
  });

  it.each([
    ["of the same length", SIZE],
    ["that is longer", SIZE + 10_000],
    ["that is shorter", SIZE - 1],
  ])("fails when the file is rewritten in place with content %s", async (_, size) => {
    const { path, file } = openLarge();
    await expect(send(file, () => writeFileSync(path, Buffer.alloc(size)))).rejects.toMatchObject({
      code: "file-changed",
    });
    file.close();
  });

  it("fails when the change comes while the last bytes are read", async () => {
    const { path, file } = openLarge();
    const reading = file.read(Buffer.alloc(SIZE), 0);
    utimesSync(path, new Date(), new Date());
    await expect(reading).rejects.toMatchObject({ code: "file-changed" });
    file.close();
  });

  it("passes on that the disk cannot be read", async () => {
    const directory = openSync(temporarySite(), "r");
    const file = new OpenFile(directory, identityOf(fstatSync(directory, { bigint: true })));
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: "EISDIR" });
    file.close();
  });

  it("keeps the descriptor until the reads under way have ended, and closes it once", async () => {
    const { file } = openLarge();
    const before = openDescriptors();
    const reading = file.read(Buffer.alloc(SIZE), 0);
    file.close();
    file.close();
    expect(await reading).toBe(SIZE);
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: "file-changed" });
    await expect.poll(openDescriptors).toBeLessThan(before);
  });
});
