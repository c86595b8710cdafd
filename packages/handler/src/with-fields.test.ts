import { describe, expect, it, vi } from "vitest";
import { FakeRequest } from "../test/fake-request.ts";
import { fieldLines } from "./field-lines.ts";
import { HttpError } from "./http-error.ts";
import type { HeaderInit, HttpResponse } from "./response.ts";
import { withFields } from "./with-fields.ts";

const request = new FakeRequest("/");

function linesOf(response: HttpResponse): (readonly [string, string])[] {
  return [...fieldLines(response.headers)];
}

describe("withFields", () => {
  it("adds fields to a response, without a promise", () => {
    const response = withFields(() => ({ status: 201, headers: { "content-type": "text/plain" }, body: "x" }), {
      "X-A": ["1", "2"],
    })(request);
    expect(response).toMatchObject({ status: 201, body: "x" });
    expect(linesOf(response as HttpResponse)).toEqual([
      ["content-type", "text/plain"],
      ["X-A", "1"],
      ["X-A", "2"],
    ]);
  });

  it("replaces a field of the same name, however it is written", () => {
    const response = withFields(() => ({ status: 200, headers: new Map([["x-frame-options", "SAMEORIGIN"]]) }), {
      "X-Frame-Options": "DENY",
    })(request);
    expect(linesOf(response as HttpResponse)).toEqual([["X-Frame-Options", "DENY"]]);
  });

  it("keeps the cookies and the Vary of the response", () => {
    const handler = withFields(() => ({ status: 200, headers: { "Set-Cookie": ["a=1", "b=2"], vary: "Accept" } }), {
      "set-cookie": "c=3",
      Vary: "Origin",
    });
    expect(linesOf(handler(request) as HttpResponse)).toEqual([
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["vary", "Accept"],
      ["set-cookie", "c=3"],
      ["Vary", "Origin"],
    ]);
  });

  it("waits for a response that comes later", async () => {
    const response = await withFields(async () => ({ status: 200 }), { "x-a": "1" })(request);
    expect(linesOf(response)).toEqual([["x-a", "1"]]);
  });

  it("gives the same copy for the same frozen response, encoded once", () => {
    const prepared: HttpResponse = Object.freeze({ status: 200, headers: { "x-b": "2" }, body: "x" });
    const encode = vi.fn((headers: HeaderInit): HeaderInit => [...fieldLines(headers)]);
    const handler = withFields(() => prepared, { "x-a": "1" }, encode);
    const first = handler(request) as HttpResponse;
    expect(handler(request)).toBe(first);
    expect(encode).toHaveBeenCalledOnce();
    expect(linesOf(first)).toEqual([
      ["x-b", "2"],
      ["x-a", "1"],
    ]);
    expect(linesOf(prepared)).toEqual([["x-b", "2"]]);
  });

  it("looks anew at a response that may have changed", () => {
    const changing = { status: 200, body: "1" };
    const handler = withFields(() => changing, { "x-a": "1" });
    expect(handler(request)).toMatchObject({ body: "1" });
    changing.body = "2";
    expect(handler(request)).toMatchObject({ body: "2" });
  });

  it.each([
    [
      "thrown",
      () => {
        throw new HttpError(403, "forbidden", "Not for you");
      },
    ],
    [
      "rejected",
      async () => {
        throw new HttpError(403, "forbidden", "Not for you");
      },
    ],
  ])("covers a %s HttpError", async (_case, handler) => {
    const response = await withFields(handler, { "x-a": "1" })(request);
    expect(response).toMatchObject({ status: 403, body: "Not for you\n" });
    expect(linesOf(response)).toContainEqual(["x-a", "1"]);
  });

  it("leaves any other error to the server", async () => {
    expect(() =>
      withFields(() => {
        throw new Error("broken");
      }, {})(request),
    ).toThrow("broken");
    await expect(
      withFields(async () => {
        throw new Error("broken");
      }, {})(request),
    ).rejects.toThrow("broken");
  });
});
