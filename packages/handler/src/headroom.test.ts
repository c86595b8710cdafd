import { describe, expect, it } from "vitest";
import { allocateWithHeadroom, claimHeadroom } from "./headroom.ts";

describe("claimHeadroom", () => {
  it("gives the room before the body, and the body", () => {
    const body = allocateWithHeadroom(3);
    body.set([1, 2, 3]);
    expect(claimHeadroom(body, 2)).toEqual(new Uint8Array([0, 0, 1, 2, 3]));
  });

  it("gives it once", () => {
    const body = allocateWithHeadroom(3);
    claimHeadroom(body, 2);
    expect(claimHeadroom(body, 2)).toBeUndefined();
  });

  it("does not give a part of it, and leaves it to others then", () => {
    const body = allocateWithHeadroom(3);
    expect(claimHeadroom(body, 10_000)).toBeUndefined();
    expect(claimHeadroom(body, 2)).toBeDefined();
  });

  it.each([
    ["memory of its own", new Uint8Array(3)],
    ["a part of larger memory", new Uint8Array(600).subarray(590)],
    ["a part of a body", allocateWithHeadroom(3).subarray(1)],
  ])("finds none before %s", (_, bytes) => {
    expect(claimHeadroom(bytes, 2)).toBeUndefined();
  });

  it("finds none before memory that was transferred away", () => {
    const body = allocateWithHeadroom(3);
    structuredClone(body.buffer, { transfer: [body.buffer] });
    expect(claimHeadroom(body, 2)).toBeUndefined();
  });
});
