import { describe, expect, it } from "vitest";
import { boundAddress, describeAddress, formatAuthority } from "./listen-address.ts";

describe("formatAuthority", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1:80"],
    ["localhost", "localhost:80"],
    ["::1", "[::1]:80"],
    ["fe80::1%eth0", "[fe80::1%25eth0]:80"],
  ])("writes %s as %s (RFC 3986 §3.2)", (host, authority) => {
    expect(formatAuthority(host, 80)).toBe(authority);
  });
});

describe("boundAddress", () => {
  it("gives a TCP address an origin without a trailing slash", () => {
    expect(boundAddress({ address: "::1", port: 6789, family: "IPv6" }, "http")).toEqual({
      kind: "tcp",
      host: "::1",
      port: 6789,
      url: "http://[::1]:6789",
    });
  });

  it("gives a Unix socket its path", () => {
    expect(boundAddress("/run/a.sock", "http")).toEqual({ kind: "unix", path: "/run/a.sock", url: "unix:/run/a.sock" });
  });
});

describe("describeAddress", () => {
  it.each([
    [{ port: 80 }, "127.0.0.1:80"],
    [{ port: 80, host: "::" }, "[::]:80"],
    [{ path: "/run/a.sock" }, 'socket "/run/a.sock"'],
    [{ fd: 3 }, "descriptor 3"],
  ])("names %j", (address, description) => {
    expect(describeAddress(address)).toBe(description);
  });
});
