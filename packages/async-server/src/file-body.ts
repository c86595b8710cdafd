import type { FileSlice } from "@tinyhttp/handler";
import type { Outbox } from "./outbox.ts";

/** One read of a file. 256 KiB keeps a pipe full: smaller reads move a large file at two thirds of the speed. */
const READ_BYTES = 262_144;
/** Large buffers that are lent at a time, 64 MiB in all: as many as 128 files need. */
const MOST_LENT_BUFFERS = 256;
/** One read of a file beyond them, so that 10 000 clients that read slowly hold 320 MiB, and not 5 GiB. */
const SMALL_READ_BYTES = 16_384;
/** Buffers kept for the next file; 4 MiB at most lie here. */
const MOST_SPARE_BUFFERS = 16;

const spareBuffers: Uint8Array[] = [];
let lentBuffers = 0;

function borrowBuffer(): Uint8Array {
  if (lentBuffers >= MOST_LENT_BUFFERS) return Buffer.allocUnsafeSlow(SMALL_READ_BYTES);
  lentBuffers++;
  return spareBuffers.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES);
}

function giveBack(buffer: Uint8Array): void {
  if (buffer.length < READ_BYTES) return;
  lentBuffers--;
  if (spareBuffers.length < MOST_SPARE_BUFFERS) spareBuffers.push(buffer);
}

/**
 * Sends a file slice: while one buffer is on its way to the client, the next is being read. Closes the slice, however
 * it ends.
 *
 * @param sendHead Called when the first bytes are there, so that both leave in one write and a file that cannot be
 *   read at all can still be answered with an error.
 * @param isGone Whether the client is gone: nothing more is read then.
 * @param onSent Told the size of each piece of content.
 * @throws What `slice.read` throws; RangeError when it reads nothing before the end. If the head is out by then, the
 *   connection must be destroyed.
 */
export async function sendFile(
  slice: FileSlice,
  outbox: Pick<Outbox, "addBytes" | "taken">,
  sendHead: () => void,
  isGone: () => boolean,
  onSent: (bytes: number) => void,
): Promise<void> {
  let position = 0;
  let filled = borrowBuffer();
  let spare = borrowBuffer();
  try {
    let size = slice.length === 0 ? 0 : await readSome(slice, filled, 0);
    if (isGone()) return;
    sendHead();
    while (size > 0 && !isGone()) {
      position += size;
      outbox.addBytes(filled.subarray(0, size));
      const next = position < slice.length ? readSome(slice, spare, position) : NOTHING;
      onSent(size);
      // Both are awaited also when one fails: no buffer goes back while somebody still reads into it or from it.
      const [read] = await Promise.allSettled([next, outbox.taken()]);
      if (read.status === "rejected") throw read.reason;
      size = read.value;
      [filled, spare] = [spare, filled];
    }
  } finally {
    slice.close();
    giveBack(filled);
    giveBack(spare);
  }
}

const NOTHING = Promise.resolve(0);

async function readSome(slice: FileSlice, into: Uint8Array, position: number): Promise<number> {
  const left = slice.length - position;
  const size = await slice.read(left < into.length ? into.subarray(0, left) : into, position);
  if (size >= 1 && size <= left) return size;
  throw new RangeError(`Cannot send a file slice: expected 1 to ${left} bytes at ${position}, got ${size}`);
}
