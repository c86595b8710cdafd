import { describe, expect, it } from "vitest";
import { redisTrouble } from "./redis-trouble.ts";

describe("redisTrouble", () => {
  it.each([
    ["WRONGPASS invalid username-password pair or user is disabled.", /refuses the password/],
    ["NOAUTH HELLO must be called with the client already authenticated", /asks for a password/],
    ["READONLY You can't write against a read only replica.", /nothing can be written/],
    ["OOM command not allowed when used memory > 'maxmemory'.", /memory is full/],
    ["NOPERM this user has no permissions to run the 'evalsha' command", /^NOPERM this user has no permissions/],
    ["Cannot wait for Redis: no answer within 100 ms", /^no answer within 100 ms$/],
  ])("says what it means to be told %j", (message, words) => {
    expect(redisTrouble(new Error(message))).toMatch(words);
  });

  it("says what the system found", () => {
    const error = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    expect(redisTrouble(error)).toBe("nothing listens there");
  });
});
