import type { FileSlice } from "@tinyhttp/handler";
import { describe, expect, it } from "vitest";
import type { Outbox } from "./outbox.ts";
import { sendFile } from "./file-body.ts";

/** Takes everything at once, and remembers it. */
class Sink implements Pick<Outbox, "addBytes" | "taken"> {
  readonly bytes: number[] = [];

  addBytes(bytes: Uint8Array): void {
    this.bytes.push(...bytes);
  }

  taken(): undefined {
    return undefined;
  }
}

class Slice implements FileSlice {
  readonly length: number;
  readonly #reads: readonly number[];
  #next = 0;
  closed = 0;
  largestRead = 0;

  /** @param reads How many bytes each read gives. */
  constructor(length: number, reads: readonly number[]) {
    this.length = length;
    this.#reads = reads;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    this.largestRead = Math.max(this.largestRead, into.length);
    const size = this.#reads[this.#next++] ?? 0;
    for (let index = 0; index < Math.min(size, into.length); index++) into[index] = position + index;
    return size;
  }

  close(): void {
    this.closed++;
  }
}

async function send(slice: Slice, isGone = (): boolean => false): Promise<{ bytes: number[]; events: string[] }> {
  const sink = new Sink();
  const events: string[] = [];
  await sendFile(
    slice,
    sink,
    () => events.push("head"),
    isGone,
    (size) => events.push(`${size}`),
  );
  return { bytes: sink.bytes, events };
}

describe("sendFile", () => {
  it("sends short reads in order, the head before the first, and closes", async () => {
    const slice = new Slice(6, [1, 3, 2]);
    expect(await send(slice)).toEqual({ bytes: [0, 1, 2, 3, 4, 5], events: ["head", "1", "3", "2"] });
    expect(slice.closed).toBe(1);
  });

  it("reads nothing of an empty slice", async () => {
    const slice = new Slice(0, []);
    expect(await send(slice)).toEqual({ bytes: [], events: ["head"] });
    expect(slice.closed).toBe(1);
  });

  it.each([
    ["nothing", [2, 0], "Cannot send a file slice: expected 1 to 4 bytes at 2, got 0"],
    ["more than there is room for", [2, 5], "Cannot send a file slice: expected 1 to 4 bytes at 2, got 5"],
  ])("fails when a read gives %s, and closes", async (_, reads, message) => {
    const slice = new Slice(6, reads);
    await expect(send(slice)).rejects.toThrow(message);
    expect(slice.closed).toBe(1);
  });

  it("reads no further when the client is gone, and closes", async () => {
    const slice = new Slice(6, [2, 2, 2]);
    let looked = 0;
    expect((await send(slice, () => ++looked > 2)).bytes).toEqual([0, 1]);
    expect(slice.closed).toBe(1);
  });

  it("holds 64 MiB for large reads at most, and reads little at a time beyond", async () => {
    const everything = Promise.withResolvers<void>();
    const slowClient = { addBytes: (): void => {}, taken: (): Promise<void> => everything.promise };
    const slices = Array.from({ length: 129 }, () => new Slice(1_000_000, [1, 999_999]));
    const files = slices.map((slice) =>
      sendFile(
        slice,
        slowClient,
        () => {},
        () => false,
        () => {},
      ).catch(() => {}),
    );
    await new Promise(setImmediate);
    expect(slices.map((slice) => slice.largestRead)).toEqual([...Array<number>(128).fill(262_144), 16_384]);
    everything.resolve();
    await Promise.all(files);
    const next = new Slice(1_000_000, [0]);
    await expect(send(next)).rejects.toThrow(RangeError);
    expect(next.largestRead).toBe(262_144);
  });
});
