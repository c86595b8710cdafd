import { describe, expect, it } from "vitest";
import { trustedProxies } from "./trusted-proxies.ts";

describe("trustedProxies", () => {
  const isTrusted = trustedProxies(["10.0.0.0/8", "192.0.2.7", "fd00::/8"]);

  it.each(["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3", "192.0.2.7", "fd12::1"])("believes %s", (address) => {
    expect(isTrusted(address)).toBe(true);
  });

  it.each(["9.255.255.255", "11.0.0.0", "192.0.2.8", "fe00::1", "::1", ""])("does not believe %j", (address) => {
    expect(isTrusted(address)).toBe(false);
  });

  it("believes whoever connects to a Unix socket when told so", () => {
    expect(trustedProxies(["unix"])("")).toBe(true);
    expect(trustedProxies(["unix"])("127.0.0.1")).toBe(false);
  });

  it.each(["10.0.0.0/33", "10.0.0/8", "10.0.0.0/8/8", "::/129", "10.0.0.0/", "10.0.0.0/-1", "host", "", "*"])(
    "refuses %j",
    (entry) => {
      expect(() => trustedProxies([entry])).toThrow(RangeError);
    },
  );
});
