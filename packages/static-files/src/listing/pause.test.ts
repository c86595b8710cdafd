import { describe, expect, it } from "vitest";
import { pause } from "./pause.ts";

const { signal } = new AbortController();

describe("pause", () => {
  it("continues one waiter in each turn of the event loop, in order", async () => {
    const log: string[] = [];
    const turn = (count: number): void => {
      log.push("turn");
      if (count > 1) setImmediate(turn, count - 1);
    };
    const wait = async (name: string): Promise<void> => {
      await pause(signal);
      log.push(name);
      await pause(signal);
      log.push(name);
    };
    const waits = [wait("a"), wait("b")];
    setImmediate(turn, 4);
    await Promise.all(waits);
    expect(log.filter((entry) => entry !== "turn")).toEqual(["a", "b", "a", "b"]);
    expect(log.join(" ")).toMatch(/a turn b turn a turn b/);
  });

  it("throws the reason once the client has gone", async () => {
    await expect(pause(AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  });
});
