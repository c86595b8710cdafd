import { describe, expect, it } from "vitest";
import { LineBuffer } from "./line-buffer.ts";

const MAX_LENGTH = 1_000_000;

describe("LineBuffer", () => {
  it("gives every line once, in order and in UTF-8", () => {
    const waiting = new LineBuffer(MAX_LENGTH);
    expect(waiting.add("one")).toBe(true);
    expect(waiting.add("zwölf €")).toBe(true);
    expect(waiting.length).toBe(15);
    expect(waiting.take().toString()).toBe("one\nzwölf €\n");
    expect(waiting.take().toString()).toBe("");
    expect(waiting.length).toBe(0);
  });

  it("leaves alone what was taken until it is given back", () => {
    const waiting = new LineBuffer(MAX_LENGTH);
    waiting.add("first");
    const first = waiting.take();
    waiting.add("second");
    expect(first.toString()).toBe("first\n");
    waiting.giveBack(first);
    const second = waiting.take();
    waiting.add("third");
    expect([second.toString(), waiting.take().toString()]).toEqual(["second\n", "third\n"]);
  });

  it("grows up to its limit, and keeps what it has", () => {
    const waiting = new LineBuffer(MAX_LENGTH);
    const line = "x".repeat(999);
    let lines = 0;
    while (waiting.add(line)) lines++;
    expect(waiting.length).toBe(lines * 1000);
    expect(waiting.length).toBeGreaterThan(MAX_LENGTH - 4000);
    expect(waiting.take().toString()).toBe(`${line}\n`.repeat(lines));
  });

  it("refuses a line that is longer than all that may wait", () => {
    expect(new LineBuffer(1000).add("x".repeat(1000))).toBe(false);
  });
});
