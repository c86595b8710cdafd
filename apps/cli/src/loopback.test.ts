import { describe, expect, it } from "vitest";
import { isEveryAddress, isLoopback } from "./loopback.ts";

describe("isLoopback", () => {
  it.each([
    ["127.0.0.1"],
    ["127.8.9.1"],
    ["::1"],
    ["0:0:0:0:0:0:0:1"],
    ["0000:0000:0000:0000:0000:0000:0000:0001"],
    ["::ffff:127.0.0.1"],
    ["localhost"],
    ["LocalHost"],
    ["app.localhost"],
  ])("holds for %s", (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    ["0.0.0.0"],
    ["::"],
    ["::2"],
    ["1::1"],
    ["fe80::1"],
    ["192.168.1.1"],
    ["::ffff:10.0.0.1"],
    ["localhost.example"],
    ["127.0.0.1.example"],
    [""],
  ])("does not hold for %s", (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe("isEveryAddress", () => {
  it.each([["0.0.0.0"], ["::"], ["0:0:0:0:0:0:0:0"]])("holds for %s", (host) => {
    expect(isEveryAddress(host)).toBe(true);
  });

  it.each([["127.0.0.1"], ["::1"], ["host"]])("does not hold for %s", (host) => {
    expect(isEveryAddress(host)).toBe(false);
  });
});
