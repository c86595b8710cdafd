import { describe, expect, it } from "vitest";
import type { Verdict } from "./rate-limit.ts";
import { rateLimitFields } from "./rate-limit-fields.ts";

const KEY: Verdict = {
  allowed: true,
  policy: "key",
  limit: 100,
  windowMs: 60_000,
  remaining: 50,
  resetMs: 29_001,
  retryAfterMs: 0,
};
const ADDRESS: Verdict = { ...KEY, allowed: false, policy: "address", remaining: 0, resetMs: 60_000, retryAfterMs: 12 };

describe("rateLimitFields", () => {
  it("says what the limit is and what is left of it, in whole seconds", () => {
    expect(rateLimitFields(KEY)).toEqual({
      "RateLimit-Policy": '"key";q=100;w=60',
      RateLimit: '"key";r=50;t=30',
    });
  });

  it("lists several limits, and how long the refusing one takes (RFC 9110 §10.2.3)", () => {
    expect(rateLimitFields(KEY, ADDRESS)).toEqual({
      "RateLimit-Policy": '"key";q=100;w=60, "address";q=100;w=60',
      RateLimit: '"key";r=50;t=30, "address";r=0;t=60',
      "Retry-After": "1",
    });
  });

  it("tells to wait for the last of the limits that refuse", () => {
    const fields = rateLimitFields(ADDRESS, { ...ADDRESS, policy: "key", retryAfterMs: 7001 });
    expect(fields["Retry-After"]).toBe("8");
  });

  it("does not tell to wait when waiting does not help", () => {
    expect(rateLimitFields({ ...ADDRESS, retryAfterMs: Infinity })).not.toHaveProperty("Retry-After");
  });
});
