import { describe, expect, it } from "vitest";
import { fakeRequest } from "../../test/fake-request.ts";
import { selectResponse } from "./select-response.ts";

const CURRENT = { entityTag: { weak: false, opaque: "now" }, lastModifiedMs: 784_111_777_000, length: 100 };

function head(headers: Record<string, string>): string {
  return selectResponse(fakeRequest("/", { method: "HEAD", headers }), CURRENT, Date.now).kind;
}

describe("selectResponse", () => {
  it.each([
    [{}, "full"],
    [{ Range: "bytes=0-9" }, "partial"],
    [{ Range: "bytes=0-9", "If-Range": '"now"' }, "partial"],
    [{ Range: "bytes=0-9", "If-Range": '"old"' }, "full"],
    [{ Range: "bytes=100-", "If-Range": '"old"' }, "full"],
    [{ "If-Range": '"now"' }, "full"],
    [{ Range: "bytes=100-" }, "unsatisfiable"],
    [{ Range: "bytes=0-9", "If-None-Match": '"now"' }, "not-modified"],
    [{ Range: "bytes=0-9", "If-None-Match": '"old"' }, "partial"],
    [{ Range: "bytes=100-", "If-Match": '"old"' }, "precondition-failed"],
    [{ Range: "bytes=0-9", "If-Match": '"now"' }, "partial"],
  ])("%j: %s (RFC 9110 §13.2.2)", (headers, kind) => {
    expect(selectResponse(fakeRequest("/", { headers }), CURRENT, Date.now).kind).toBe(kind);
  });

  it("ignores Range for HEAD (RFC 9110 §14.2), and heeds conditions", () => {
    expect(head({ Range: "bytes=0-9" })).toBe("full");
    expect(head({ Range: "bytes=100-" })).toBe("full");
    expect(head({ "If-None-Match": '"now"' })).toBe("not-modified");
  });
});
