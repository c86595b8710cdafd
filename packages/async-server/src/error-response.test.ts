import { HttpError } from "@tinyhttp/handler";
import { describe, expect, it } from "vitest";
import { errorResponse } from "./error-response.ts";

describe("errorResponse", () => {
  it("tells what an HttpError says", () => {
    expect(errorResponse(new HttpError(404, "not-found", "There is nothing here"))).toMatchObject({
      status: 404,
      body: "There is nothing here\n",
    });
  });

  it.each([
    new Error("secret"),
    "secret",
    null,
    undefined,
    { status: 404, message: "secret" },
    new HttpError(200, "odd", "secret"),
    new HttpError(999, "odd", "secret"),
  ])("tells nothing of %s", (error) => {
    expect(errorResponse(error)).toMatchObject({ status: 500, body: "Internal Server Error\n" });
  });
});
