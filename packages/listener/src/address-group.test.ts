import { describe, expect, it } from "vitest";
import { addressGroup, isLoopbackGroup } from "./address-group.ts";

describe("addressGroup", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::1", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["2001:db8::1:2:3:4:5", "2001:db8:0:1"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
    ["1::", "1:0:0:0"],
  ])("puts %s into %s", (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});

describe("isLoopbackGroup", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.255.0.9", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["128.0.0.1", false],
    ["10.0.0.1", false],
    ["fe80::1", false],
    ["2001:db8::1", false],
  ])("of %s is %s", (address, expected) => {
    expect(isLoopbackGroup(addressGroup(address))).toBe(expected);
  });
});
