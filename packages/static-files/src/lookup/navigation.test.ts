import { describe, expect, it } from "vitest";
import { fakeRequest } from "../../test/fake-request.ts";
import { isNavigation } from "./navigation.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

describe("isNavigation", () => {
  it.each([
    ["/a", {}, true],
    ["/a", { Accept: "*/*" }, true],
    ["/a", { Accept: BROWSER }, true],
    ["/v1.2", { Accept: BROWSER }, true],
    ["/a.d/b", { Accept: "*/*" }, true],
    ["/a.js", {}, false],
    ["/a.js", { Accept: "*/*" }, false],
    ["/a", { Accept: "application/json" }, false],
    ["/a", { Accept: "text/html;q=0" }, false],
    ["/a", { Accept: "text/html;q=0.1" }, true],
    ["/a", { Accept: "text/html+x" }, false],
    ["/a", { Accept: "text/*" }, true],
    ["/a.js", { Accept: BROWSER, "Sec-Fetch-Mode": "no-cors" }, false],
    ["/a", { Accept: "*/*", "Sec-Fetch-Mode": "cors" }, false],
    ["/a.js", { Accept: BROWSER, "Sec-Fetch-Mode": "navigate" }, true],
  ])("%s with %j: %s", (target, headers, expected) => {
    expect(isNavigation(fakeRequest(target, { headers }))).toBe(expected);
  });
});
