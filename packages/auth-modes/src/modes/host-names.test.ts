import { describe, expect, it } from "vitest";
import { FakeRequest } from "../../test/fake-request.ts";
import { isCrossSite } from "./cross-site.ts";
import { hostNameOf, isLoopbackName } from "./host-names.ts";

describe("hostNameOf", () => {
  it.each([
    ["localhost", true],
    ["LocalHost:8080", true],
    ["localhost.", true],
    ["localhost.:80", true],
    ["localhost:", true],
    ["127.0.0.1", true],
    ["127.0.0.1:1", true],
    ["127.8.8.8", true],
    ["[::1]", true],
    ["[::1]:8080", true],
    ["[0:0:0:0:0:0:0:1]", true],
    ["[::ffff:127.0.0.1]:80", true],
    ["evil.example", false],
    ["evil.example:80", false],
    ["localhost.evil.example", false],
    ["evillocalhost", false],
    ["127.0.0.1.evil.example", false],
    ["localhost..", false],
    ["localhost:80:80", false],
    ["localhost:80@evil.example", false],
    ["user@localhost", false],
    ["localhost evil", false],
    ["localhost, evil.example", false],
    ["localhost/x", false],
    ["::1", false],
    ["[::2]", false],
    ["127.1", false],
    ["2130706433", false],
    ["0.0.0.0", false],
    ["", false],
  ])("reads %j; a loopback name: %s", (host, isLoopback) => {
    expect(isLoopbackName(hostNameOf(host))).toBe(isLoopback);
  });
});

describe("isCrossSite", () => {
  it.each([
    [[], false],
    [[["Sec-Fetch-Site", "same-origin"]], false],
    [[["Sec-Fetch-Site", "none"]], false],
    [[["Sec-Fetch-Site", "cross-site"]], true],
    [[["Sec-Fetch-Site", "same-site"]], true],
    [[["Sec-Fetch-Site", "nonsense"]], true],
    [[["Origin", "http://localhost:8080"]], false],
    [[["Origin", "HTTP://LOCALHOST:8080"]], false],
    [[["Origin", "http://localhost:3000"]], true],
    [[["Origin", "http://localhost"]], true],
    [[["Origin", "https://evil.example"]], true],
    [[["Origin", "null"]], true],
    [[["Origin", ""]], true],
    [[["Origin", "http://localhost:8080@evil.example"]], true],
    [[["Origin", "http://evil.example/localhost:8080"]], true],
  ] as const)("%j: %s", (headers, isCross) => {
    const request = new FakeRequest("/", { headers: [["Host", "localhost:8080"], ...headers] });
    expect(isCrossSite(request.headers)).toBe(isCross);
  });
});
