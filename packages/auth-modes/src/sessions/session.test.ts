import { describe, expect, it } from "vitest";
import { safeDestination } from "./login-page.ts";
import { formatSessionCookie, sessionToken } from "./session-cookie.ts";
import { formatSessionFile, parseSessionFile } from "./session-file-text.ts";
import { addSession, isOver, type SessionRecord, touchSessions } from "./session.ts";

const LIMITS = { idleMs: 100, absoluteMs: 1000, maxPerHolder: 2 };

function record(id: string, created: number, seen: number = created, holder = "ann"): SessionRecord {
  return { id, digest: `digest-${id}`, keyId: "k", holder, created, seen };
}

describe("isOver", () => {
  it.each([
    [record("a", 0), 99, false],
    [record("a", 0), 100, true],
    [record("a", 0, 950), 999, false],
    [record("a", 0, 950), 1000, true],
  ])("%j at %d: %s", (session, now, over) => {
    expect(isOver(session, now, LIMITS)).toBe(over);
  });
});

describe("addSession", () => {
  it("ends the oldest of a holder who has too many, whatever the order", () => {
    const records = [record("b", 20), record("a", 10), record("x", 5, 5, "bob")];
    expect(addSession(records, record("c", 30), LIMITS).map(({ id }) => id)).toEqual(["b", "x", "c"]);
  });

  it("forgets sessions that are over", () => {
    expect(addSession([record("a", 0)], record("b", 500, 500, "bob"), LIMITS).map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("touchSessions", () => {
  it("only moves forward, and brings nothing back", () => {
    const seen = new Map([
      ["a", 50],
      ["b", 5],
      ["gone", 99],
    ]);
    expect(touchSessions([record("a", 10), record("b", 10)], seen).map((session) => session.seen)).toEqual([50, 10]);
  });
});

describe("parseSessionFile", () => {
  it("reads what formatSessionFile writes, and nothing else", () => {
    const records = [record("a", 10, 20)];
    expect(parseSessionFile(formatSessionFile(records))).toEqual(records);
    for (const text of ["", "{}", '{"version":1,"sessions":[{}]}', formatSessionFile(records).slice(0, -9)]) {
      expect(() => parseSessionFile(text)).toThrow(SyntaxError);
    }
  });
});

describe("sessionToken", () => {
  const token = "A".repeat(43);

  it("finds the cookie among others", () => {
    expect(sessionToken(`a=b; __Host-tinyhttp=${token};c=d`)).toBe(token);
    expect(sessionToken(formatSessionCookie(token).split(";")[0])).toBe(token);
  });

  it.each([
    [undefined],
    ["a=b"],
    ["__Host-tinyhttp=short"],
    [`tinyhttp=${token}`],
    [`__Host-tinyhttp=${token}; __Host-tinyhttp=${token}`],
    [`a=__Host-tinyhttp=${token}`],
  ])("finds none in %j", (cookie) => {
    expect(sessionToken(cookie)).toBeUndefined();
  });
});

describe("safeDestination", () => {
  it.each([["/"], ["/a/b?c=d"], ["/a//b"], ["/%2f/evil.example"]])("goes to %j", (text) => {
    expect(safeDestination(text)).toBe(text);
  });

  it.each([
    [null],
    [""],
    ["//evil.example"],
    ["/\\evil.example"],
    ["/\t/evil.example"],
    ["/\n/evil.example"],
    ["https://evil.example/"],
    ["javascript:alert(1)"],
    ["evil"],
    ["/ü"],
    ["/.tinyhttp/logout"],
    [`/${"a".repeat(2048)}`],
  ])("goes to / instead of %j", (text) => {
    expect(safeDestination(text)).toBe("/");
  });
});
