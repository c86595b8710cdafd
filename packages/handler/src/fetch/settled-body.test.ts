import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { settledBody } from "./settled-body.ts";

const encoder = new TextEncoder();

function bodyOf(init: BodyInit): ReadableStream<Uint8Array> {
  return new Response(init).body as ReadableStream<Uint8Array>;
}

async function collect(body: unknown): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(new TextDecoder().decode(chunk));
  return chunks;
}

describe("settledBody", () => {
  it.each<[string, () => BodyInit, string]>([
    ["text", () => "héllo", "héllo"],
    ["empty text", () => "", ""],
    ["bytes", () => new Uint8Array([97, 98]), "ab"],
    ["a long text", () => "x".repeat(1_000_000), "x".repeat(1_000_000)],
    ["form fields", () => new URLSearchParams({ a: "1" }), "a=1"],
    ["a stream that was filled and closed", () => filled("a", "b", "c"), "abc"],
  ])("gives the bytes of %s", async (_case, init, text) => {
    const body = await settledBody(bodyOf(init()));
    expect(body).toBeInstanceOf(Uint8Array);
    expect(new TextDecoder().decode(body as Uint8Array)).toBe(text);
  });

  it("needs at most three turns of the microtask queue for what is in memory", async () => {
    for (const init of ["text", new Uint8Array(9)]) {
      const reader = bodyOf(init).getReader();
      expect(await turnsUntil(reader.read())).toBeLessThanOrEqual(3);
      expect(await turnsUntil(reader.read())).toBeLessThanOrEqual(3);
    }
  });

  it("does not wait for a stream that has nothing yet", async () => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given;
      },
    });
    const body = await settledBody(stream);
    expect(body).not.toBeInstanceOf(Uint8Array);
    controller?.enqueue(encoder.encode("late"));
    controller?.close();
    expect(await collect(body)).toEqual(["late"]);
  });

  it("keeps what it read of a stream that goes on", async () => {
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(encoder.encode("a"));
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(encoder.encode("b"));
        controller.close();
      },
    });
    expect(await collect(await settledBody(stream))).toEqual(["a", "b"]);
  });

  it("collects only the beginning of an endless stream, and cancels it", async () => {
    const cancel = vi.fn();
    let pulled = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(16_384));
      },
      cancel,
    });
    const body = (await settledBody(stream)) as AsyncIterableIterator<Uint8Array>;
    expect(pulled).toBeLessThan(10);
    expect((await body.next()).value).toHaveLength(16_384);
    await body.return?.();
    expect(cancel).toHaveBeenCalledOnce();
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it("rejects when the stream fails at once, and passes a later failure on", async () => {
    const failing = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error("broken")) });
    await expect(settledBody(failing)).rejects.toThrow("broken");
    const later = new ReadableStream<Uint8Array>({
      async start(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.error(new Error("broken later"));
      },
    });
    await expect(collect(await settledBody(later))).rejects.toThrow("broken later");
  });

  it("gives the same bytes, however the stream spaces them", async () => {
    const chunk = fc.record({
      bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }),
      turnsBefore: fc.integer({ min: 0, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk, { maxLength: 6 }),
        fc.integer({ min: 0, max: 20 }),
        async (chunks, turnsAtEnd) => {
          const stream = new ReadableStream<Uint8Array>({
            async start(controller) {
              for (const { bytes, turnsBefore } of chunks) {
                await turns(turnsBefore);
                controller.enqueue(bytes);
              }
              await turns(turnsAtEnd);
              controller.close();
            },
          });
          const body = await settledBody(stream);
          const parts: Uint8Array[] = body instanceof Uint8Array ? [body] : [];
          if (!(body instanceof Uint8Array))
            for await (const part of body as AsyncIterable<Uint8Array>) parts.push(part);
          expect(Buffer.concat(parts)).toEqual(Buffer.concat(chunks.map(({ bytes }) => bytes)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("refuses chunks that are not bytes", async () => {
    await expect(settledBody(filled("a", 7))).rejects.toThrow("expected each chunk to be a Uint8Array, got number");
  });

  it("refuses a body that somebody else reads", async () => {
    const stream = bodyOf("x");
    stream.getReader();
    await expect(settledBody(stream)).rejects.toThrow(TypeError);
  });
});

function filled(...chunks: unknown[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : (chunk as Uint8Array<ArrayBuffer>));
      controller.close();
    },
  });
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

async function turnsUntil(promise: Promise<unknown>): Promise<number> {
  const state = { settled: false };
  void promise.then(() => (state.settled = true));
  let turns = 0;
  for (; !state.settled; turns++) await Promise.resolve();
  return turns;
}
