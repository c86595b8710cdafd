import { describe, expect, it, vi } from "vitest";
import { FakeRequest } from "../test/fake-request.ts";
import { firstFound } from "./first-found.ts";
import type { Handler } from "./handler.ts";
import { HttpError } from "./http-error.ts";

const found: Handler = () => ({ status: 200, body: "found" });
const missing: Handler = () => ({ status: 404, body: "missing" });

describe("firstFound", () => {
  const request = new FakeRequest("/");

  it("returns the first answer, without a promise and without asking further", () => {
    const later = vi.fn(found);
    expect(firstFound(found, later)(request)).toEqual({ status: 200, body: "found" });
    expect(later).not.toHaveBeenCalled();
  });

  it.each<[string, Handler]>([
    ["a 404", missing],
    ["a 405", () => ({ status: 405 })],
    [
      "a thrown 404",
      () => {
        throw new HttpError(404, "not-found", "Not found");
      },
    ],
  ])("asks the next after %s, without a promise", (_case, first) => {
    expect(firstFound(first, found)(request)).toEqual({ status: 200, body: "found" });
  });

  it.each<[string, Handler]>([
    ["a 404", async () => ({ status: 404 })],
    [
      "a rejected 404",
      async () => {
        throw new HttpError(404, "not-found", "Not found");
      },
    ],
  ])("asks the next after the promise of %s", async (_case, first) => {
    expect(await firstFound(first, missing, found)(request)).toEqual({ status: 200, body: "found" });
  });

  it("lets the last answer stand", async () => {
    expect(firstFound(() => ({ status: 405 }), missing)(request)).toEqual({ status: 404, body: "missing" });
    expect(await firstFound(async () => ({ status: 404 }), missing)(request)).toEqual({ status: 404, body: "missing" });
  });

  it("passes other answers and errors on", async () => {
    expect(firstFound(() => ({ status: 403 }), found)(request)).toEqual({ status: 403 });
    expect(() =>
      firstFound(() => {
        throw new HttpError(401, "no-key", "No key");
      }, found)(request),
    ).toThrow("No key");
    await expect(
      firstFound(async () => {
        throw new Error("broken");
      }, found)(request),
    ).rejects.toThrow("broken");
  });

  it("releases the body of an answer it drops", async () => {
    const close = vi.fn();
    const slice = { length: 1, read: async () => 1, close };
    expect(firstFound(() => ({ status: 404, body: slice }), found)(request)).toMatchObject({ status: 200 });
    await firstFound(async () => ({ status: 404, body: slice }), found)(request);
    expect(close).toHaveBeenCalledTimes(2);
  });

  it("needs a handler", () => {
    expect(() => firstFound()).toThrow(TypeError);
  });
});
