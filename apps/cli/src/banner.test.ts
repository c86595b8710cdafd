import { describe, expect, it } from "vitest";
import { banner, browsableUrl, exposureWarning, isExposed } from "./banner.ts";

const tcp = (host: string, url: string) => ({ kind: "tcp", host, port: 6789, url }) as const;

describe("banner", () => {
  const facts = { subject: "./site", url: "http://127.0.0.1:6789/", isExposed: false, notes: [] };

  it("says what is served, where, and who can reach it", () => {
    expect(banner(facts, false)).toBe(
      [
        "",
        "  tinyhttp serves ./site",
        "",
        "    http://127.0.0.1:6789/    only this machine can reach it",
        "",
        "  Press ctrl-c to stop",
        "",
      ].join("\n"),
    );
  });

  it("says when the network can reach it, and what turned out otherwise", () => {
    const text = banner({ ...facts, isExposed: true, notes: ["Port 6789 is taken, so this is port 6790"] }, false);
    expect(text).toContain("anyone on the network can reach it");
    expect(text).toContain("\n  Port 6789 is taken, so this is port 6790\n");
  });

  it("is not moved by a name with control characters", () => {
    expect(banner({ ...facts, subject: "a\u001b[2Jb" }, false)).toContain("serves a\\x1b[2Jb");
  });
});

describe("browsableUrl", () => {
  it.each([
    [tcp("127.0.0.1", "http://127.0.0.1:6789"), "/", "http://127.0.0.1:6789/"],
    [tcp("0.0.0.0", "http://0.0.0.0:6789"), "/", "http://127.0.0.1:6789/"],
    [tcp("::", "http://[::]:6789"), "/", "http://[::1]:6789/"],
    [tcp("10.0.0.5", "http://10.0.0.5:6789"), "/docs", "http://10.0.0.5:6789/docs/"],
    [tcp("127.0.0.1", "http://127.0.0.1:6789"), "/a b//", "http://127.0.0.1:6789/a%20b/"],
  ])("of %j under %j is %s", (address, basePath, url) => {
    expect(browsableUrl(address, basePath)).toBe(url);
  });
});

describe("isExposed", () => {
  it("holds for what other machines can reach", () => {
    expect(isExposed(tcp("0.0.0.0", ""))).toBe(true);
    expect(isExposed(tcp("::1", ""))).toBe(false);
    expect(isExposed({ kind: "unix", path: "/run/x", url: "unix:/run/x" })).toBe(false);
  });
});

describe("exposureWarning", () => {
  it("says who can read what, and how to prevent it", () => {
    expect(exposureWarning("10.0.0.5", 'read "./site"')).toBe(
      'Warning: anyone who can reach 10.0.0.5 can read "./site"; leave --host out to keep it to this machine',
    );
  });
});
