import * as fc from "fast-check";
import { BlockList, isIPv4 } from "node:net";
import { describe, expect, it } from "vitest";
import { canonicalAddress, isLoopbackAddress, parseIpAddress } from "./ip-address.ts";
import { TrustedProxies } from "./trusted-proxies.ts";

describe("parseIpAddress", () => {
  it.each([
    ["192.0.2.1", [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]],
    ["::", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["2001:DB8::1", [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
    ["1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["::ffff:192.0.2.1", [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]],
    ["fe80::1%eth0", [0xfe80, 0, 0, 0, 0, 0, 0, 1]],
    ["localhost", undefined],
    ["127.1", undefined],
  ])("%s", (text, groups) => {
    expect(parseIpAddress(text)).toEqual(groups);
  });

  it("agrees with the system's library about networks", () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(address, address, fc.nat(128), (base, other, length) => {
        const family = isIPv4(base) ? "ipv4" : "ipv6";
        const bits = family === "ipv4" ? length % 33 : length;
        fc.pre(isIPv4(base) === isIPv4(other));
        const list = new BlockList();
        list.addSubnet(base, bits, family);
        expect(new TrustedProxies([`${base}/${bits}`]).has(other)).toBe(list.check(other, family));
      }),
    );
  });
});

describe("isLoopbackAddress", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.255.0.9", true],
    ["::1", true],
    ["0:0:0:0:0:0:0:1", true],
    ["::ffff:127.0.0.1", true],
    ["128.0.0.1", false],
    ["::2", false],
    ["1::1", false],
    ["0.0.0.0", false],
    ["", false],
  ])("%s: %s", (text, isLoopback) => {
    expect(isLoopbackAddress(text)).toBe(isLoopback);
  });
});

describe("canonicalAddress", () => {
  it("gives one text to an IPv4 address, however it came", () => {
    expect(canonicalAddress("::ffff:192.0.2.1")).toBe("192.0.2.1");
    expect(canonicalAddress("::ffff:c000:201")).toBe("192.0.2.1");
    expect(canonicalAddress("192.0.2.1")).toBe("192.0.2.1");
    expect(canonicalAddress("x")).toBeUndefined();
  });
});
