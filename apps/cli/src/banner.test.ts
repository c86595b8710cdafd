import type { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { banner, browsableUrl, exposureWarning, isExposed, networkUrls, reachIn } from "./banner.ts";

const tcp = (host: string, url: string) => ({ kind: "tcp", host, port: 6789, url }) as const;

const interfaces = () =>
  ({
    lo: [{ address: "127.0.0.1", family: "IPv4", internal: true }],
    eth0: [
      { address: "fe80::1", family: "IPv6", internal: false },
      { address: "fd00::5", family: "IPv6", internal: false },
      { address: "10.0.0.5", family: "IPv4", internal: false },
    ],
  }) as unknown as ReturnType<typeof networkInterfaces>;

describe("banner", () => {
  const facts = {
    does: "serves ./site",
    url: "http://127.0.0.1:6789/",
    networkUrls: [],
    mode: "private",
    reach: "only this machine can reach it",
    notes: [],
  };

  it("says what is served, where, and who can reach it", () => {
    expect(banner(facts, false)).toBe(
      [
        "",
        "  tinyhttp serves ./site",
        "",
        "    Local     http://127.0.0.1:6789/",
        "    Mode      private: only this machine can reach it",
        "",
        "  Press ctrl-c to stop",
        "",
      ].join("\n"),
    );
  });

  it("lists the addresses for others, what turned out otherwise, a QR code, and when it ends", () => {
    const text = banner(
      {
        ...facts,
        networkUrls: ["http://10.0.0.5:6789/", "http://[fd00::5]:6789/"],
        mode: "public",
        reach: "anyone on the network can reach it",
        endsAt: new Date(2001, 0, 2, 14, 32),
        notes: ["Port 6789 is taken, so this is port 6790"],
        qrCode: "█▀\n▄█",
      },
      false,
    );
    expect(text).toBe(
      [
        "",
        "  tinyhttp serves ./site",
        "",
        "    Local     http://127.0.0.1:6789/",
        "    Network   http://10.0.0.5:6789/",
        "              http://[fd00::5]:6789/",
        "    Mode      public: anyone on the network can reach it",
        "    Until     Tue Jan 02 2001, 14:32",
        "",
        "  Port 6789 is taken, so this is port 6790",
        "",
        "    █▀",
        "    ▄█",
        "",
        "  Press ctrl-c to stop",
        "",
      ].join("\n"),
    );
  });

  it("does not let the addresses of containers push the rest away", () => {
    const networkUrls = Array.from({ length: 9 }, (_, index) => `http://10.0.0.${index}:6789/`);
    const text = banner({ ...facts, networkUrls }, false);
    expect(text).toContain("10.0.0.3");
    expect(text).not.toContain("10.0.0.4");
    expect(text).toContain("and at 5 more addresses");
  });

  it("is not moved by a name with control characters", () => {
    expect(banner({ ...facts, does: "serves a\u001b[2Jb" }, false)).toContain("serves a\\x1b[2Jb");
  });
});

describe("networkUrls", () => {
  it.each([
    ["127.0.0.1", []],
    ["0.0.0.0", ["http://10.0.0.5:6789/a%20b/"]],
    ["::", ["http://10.0.0.5:6789/a%20b/", "http://[fd00::5]:6789/a%20b/"]],
    ["192.0.2.1", ["http://192.0.2.1:6789/a%20b/"]],
  ])("of %s are %j", (host, urls) => {
    expect(networkUrls(tcp(host, "http://x"), "/a b", interfaces)).toEqual(urls);
  });

  it("has the scheme of the server", () => {
    expect(networkUrls(tcp("0.0.0.0", "https://x"), "/", interfaces)).toEqual(["https://10.0.0.5:6789/"]);
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

describe("reachIn", () => {
  it("says who can ask, and from where", () => {
    expect(reachIn("private", false)).toBe("only this machine can reach it");
    expect(reachIn("unprivate", true)).toBe("who has a key can reach it, on the network");
    expect(reachIn("public", false)).toBe("anyone on this machine can read it");
  });
});

describe("exposureWarning", () => {
  it("says who can do what, and how to prevent it", () => {
    expect(exposureWarning("10.0.0.5", "have their bytes sent back")).toBe(
      "Warning: anyone who can reach 10.0.0.5 can have their bytes sent back; leave --host out to keep it to this machine",
    );
  });
});
