import { describe, expect, it } from "vitest";
import { HttpError, isHttpError } from "./http-error.ts";

describe("HttpError", () => {
  it("carries status, code, message and cause", () => {
    const cause = new Error("the reason");
    const error = new HttpError(413, "content-too-large", "Too much", { cause });
    expect(error).toMatchObject({
      name: "HttpError",
      status: 413,
      code: "content-too-large",
      message: "Too much",
      cause,
    });
    expect(Object.keys(error).sort()).toEqual(["code", "status"]);
  });
});

describe("isHttpError", () => {
  it("recognises an error of another copy of this package", () => {
    class Other extends Error {
      static {
        this.prototype.name = "HttpError";
      }
      readonly status = 404;
    }
    expect(isHttpError(new Other("x"))).toBe(true);
  });

  it.each([
    [new Error("x")],
    [Object.assign(new Error("x"), { status: 404 })],
    [{ name: "HttpError", status: 404 }],
    [undefined],
    [null],
    ["HttpError"],
  ])("does not take %s for one", (value) => {
    expect(isHttpError(value)).toBe(false);
  });
});
