import { join } from "node:path";
import type { Handler, HttpResponse } from "@tinyhttp/handler";
import { concurrencyLimiter, memoryRateLimiter, type RateLimiter } from "@tinyhttp/rate-limits";
import { describe, expect, it } from "vitest";
import { FakeRequest, type FakeRequestInit } from "../../test/fake-request.ts";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { createKey } from "../keys/key-file.ts";
import { openKeyFile } from "../keys/open-key-file.ts";
import type { KeyRing } from "../keys/key-ring.ts";
import type { SecurityEvent } from "../security-event.ts";
import { accessPolicy } from "./access-policy.ts";
import type { AccessPolicyOptions } from "./options.ts";

const OK: HttpResponse = Object.freeze({ status: 200 });
const ONCE = { requests: 1, perMs: 3_600_000 };

interface Guarded {
  readonly ask: (init?: FakeRequestInit & { readonly target?: string }) => HttpResponse | Promise<HttpResponse>;
  readonly events: SecurityEvent[];
}

function guard(options: AccessPolicyOptions, handler: Handler = () => OK): Guarded {
  const events: SecurityEvent[] = [];
  const guarded = accessPolicy({ onSecurityEvent: (event) => events.push(event), ...options })(handler);
  return { events, ask: ({ target = "/", ...init } = {}) => guarded(new FakeRequest(target, init)) };
}

async function oneKey(): Promise<{ keys: KeyRing; key: readonly [string, string]; id: string }> {
  const path = join(temporaryDirectory(), "keys.json");
  const { text, key } = await createKey(path);
  return { keys: openKeyFile(path), key: ["X-API-Key", text.reveal()], id: key.id };
}

function peer(name: string): NonNullable<FakeRequestInit["peer"]> {
  const names = ["email:x@y", name];
  return { encrypted: true, certificate: { subject: "CN=build.example", names, fingerprint256: "AA" } };
}

describe("private", () => {
  it.each([
    [200, {}],
    [200, { peer: { address: "::1" } }],
    [200, { peer: { address: "::ffff:127.0.0.1" } }],
    [200, { peer: { address: "" } }],
    [200, { headers: [["Host", "[::1]:8080"] as const] }],
    [200, { headers: [["Host", "Dev.Example:8080"] as const] }],
    [200, { target: "http://localhost:1/x" }],
    [200, { method: "PUT", headers: [["Sec-Fetch-Site", "same-origin"] as const] }],
    [200, { headers: [["Sec-Fetch-Site", "cross-site"] as const] }],
    [200, { headers: [["Authorization", "Bearer nonsense"] as const] }],
    [403, { peer: { address: "192.0.2.1" } }],
    [403, { peer: { address: "unknown" } }],
    [421, { headers: [["Host", "evil.example"] as const] }],
    [421, { headers: [["Host", "localhost, evil.example"] as const] }],
    [421, { headers: [["Host", ""] as const] }],
    [421, { target: "http://evil.example/x" }],
    [403, { method: "POST", headers: [["Sec-Fetch-Site", "cross-site"] as const] }],
    [403, { method: "POST", headers: [["Origin", "https://evil.example"] as const] }],
    [403, { method: "PURGE", headers: [["Origin", "null"] as const] }],
  ])("answers %d to %j", (status, init) => {
    expect(guard({ mode: "private", hostNames: ["dev.example"] }).ask(init)).toMatchObject({ status });
  });

  it("does not take a client of a proxy on this machine for this machine", () => {
    const { ask } = guard({ mode: "private", trustedProxies: ["127.0.0.1"] });
    expect(ask({ headers: [["X-Forwarded-For", "127.0.0.1, 192.0.2.1"]] })).toMatchObject({ status: 403 });
    expect(ask({ headers: [["X-Forwarded-For", "192.0.2.1, ::1"]] })).toBe(OK);
  });

  it("says who asks: anybody here, who may do anything", () => {
    const request = new FakeRequest("/");
    const second = new FakeRequest("/");
    const guarded = accessPolicy({ mode: "private" })(() => OK);
    expect([guarded(request), guarded(second)]).toEqual([OK, OK]);
    expect(request.principal).toMatchObject({ kind: "anonymous", id: "", address: "127.0.0.1" });
    expect(request.principal?.may("delete", "/x")).toBe(true);
    expect(second.principal).toBe(request.principal);
  });

  it("records what it refuses", () => {
    const { ask, events } = guard({ mode: "private" });
    expect(ask({ target: "/a?b=c", headers: [["Host", "evil.example"]] })).toMatchObject({ status: 421 });
    expect(events).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        event: "admission",
        outcome: "failure",
        mode: "private",
        address: "127.0.0.1",
        method: "GET",
        path: "/a",
        rule: "loopback-host",
      },
    ]);
  });
});

describe("unprivate", () => {
  it("is nothing without keys", () => {
    expect(() => accessPolicy({ mode: "unprivate" })).toThrow(/Cannot be unprivate without keys/);
  });

  it("challenges whoever has no key or a wrong one (RFC 9110 §11.6.1, RFC 6750 §3)", async () => {
    const { keys } = await oneKey();
    const { ask } = guard({ mode: "unprivate", keys });
    const basic = 'Basic realm="tinyhttp", charset="UTF-8"';
    expect(ask()).toMatchObject({ status: 401, headers: { "WWW-Authenticate": ['Bearer realm="tinyhttp"', basic] } });
    expect(ask({ headers: [["X-API-Key", "x"]] })).toMatchObject({
      status: 401,
      headers: {
        "WWW-Authenticate": ['Bearer realm="tinyhttp", error="invalid_token"', basic],
        "Cache-Control": "no-store",
      },
    });
  });

  it("names the scope that a key has not", async () => {
    const { keys, key, id } = await oneKey();
    const { ask, events } = guard({ mode: "unprivate", keys });
    expect(ask({ method: "DELETE", headers: [key] })).toMatchObject({
      status: 403,
      headers: { "WWW-Authenticate": 'Bearer realm="tinyhttp", error="insufficient_scope", scope="delete"' },
    });
    expect(events).toMatchObject([{ event: "authorization", keyId: id, rule: "missing-scope", reason: "delete" }]);
  });

  it("takes a key from the query only when told to", async () => {
    const { keys, key } = await oneKey();
    const target = `/a?api_key=${key[1]}`;
    expect(guard({ mode: "unprivate", keys }).ask({ target })).toMatchObject({ status: 400 });
    expect(guard({ mode: "unprivate", keys, allowQueryKey: true }).ask({ target })).toBe(OK);
  });

  it("changes nothing for a page of another origin, to which a browser lends its password", async () => {
    const path = join(temporaryDirectory(), "keys.json");
    const writer = await createKey(path, { scopes: ["write"] });
    const { ask } = guard({ mode: "unprivate", keys: openKeyFile(path) });
    const basic = ["Authorization", `Basic ${btoa(`me:${writer.text.reveal()}`)}`] as const;
    const bearer = ["Authorization", `Bearer ${writer.text.reveal()}`] as const;
    const foreign = ["Origin", "https://evil.example"] as const;
    expect(ask({ method: "PUT", headers: [basic, foreign] })).toMatchObject({ status: 403 });
    expect(ask({ method: "PUT", headers: [basic] })).toBe(OK);
    expect(ask({ method: "PUT", headers: [bearer, foreign] })).toBe(OK);
  });

  it("knows a client by a certificate with a name that was granted something", async () => {
    const { keys } = await oneKey();
    const certificates = [{ name: "DNS:build.example", scopes: ["write"], prefixes: ["/out"] }] as const;
    const { ask } = guard({ mode: "unprivate", keys, certificates }, (request) => {
      expect(request.principal).toMatchObject({ kind: "certificate", id: "DNS:Build.example" });
      return OK;
    });
    expect(ask({ target: "/out/a", method: "PUT", peer: peer("DNS:Build.example") })).toBe(OK);
    expect(ask({ target: "/out/a", peer: peer("DNS:Build.example") })).toMatchObject({ status: 403 });
    expect(ask({ target: "/a", method: "PUT", peer: peer("DNS:Build.example") })).toMatchObject({ status: 403 });
    expect(ask({ target: "/out/a", method: "PUT", peer: peer("DNS:other.example") })).toMatchObject({ status: 401 });
    const foreign = [["Origin", "https://evil.example"] as const];
    const crossSite = { target: "/out/a", method: "PUT", headers: foreign, peer: peer("DNS:Build.example") };
    expect(ask(crossSite)).toMatchObject({ status: 403 });
  });
});

describe("limits", () => {
  it("admit five wrong keys a minute from an address, and whoever has the right one", async () => {
    const { keys, key } = await oneKey();
    const { ask, events } = guard({ mode: "unprivate", keys });
    const wrong = (): HttpResponse | Promise<HttpResponse> => ask({ headers: [["X-API-Key", "x"]] });
    for (let round = 0; round < 5; round++) expect(wrong()).toMatchObject({ status: 401 });
    expect(wrong()).toMatchObject({
      status: 429,
      headers: {
        "Retry-After": expect.stringMatching(/^\d+$/),
        RateLimit: expect.stringContaining('"failures";r=0'),
        "RateLimit-Policy": expect.stringContaining('"failures";q=5;w=60'),
      },
    });
    expect(ask({ headers: [key] })).toBe(OK);
    expect(ask({ headers: [["X-API-Key", "x"]], peer: { address: "192.0.2.7" } })).toMatchObject({ status: 401 });
    expect(ask()).toMatchObject({ status: 401 });
    expect(events.map(({ event }) => event)).toContain("rate-limit");
  });

  it.each(["address", "global", "key"] as const)("hold for the %s", async (name) => {
    const { keys, key } = await oneKey();
    const limits = { [name]: memoryRateLimiter(ONCE) };
    const { ask } = guard({ mode: "unprivate", keys, limits });
    expect(ask({ headers: [key] })).toBe(OK);
    expect(ask({ headers: [key] })).toMatchObject({ status: 429 });
  });

  it("let one address not use up what all share", () => {
    const limits = { address: memoryRateLimiter(ONCE), global: memoryRateLimiter({ requests: 2, perMs: 3_600_000 }) };
    const { ask } = guard({ mode: "public", limits });
    expect(ask()).toBe(OK);
    for (let round = 0; round < 5; round++) expect(ask()).toMatchObject({ status: 429 });
    expect(ask({ peer: { address: "192.0.2.7" } })).toBe(OK);
    expect(ask({ peer: { address: "192.0.2.8" } })).toMatchObject({ status: 429 });
  });

  it("count an IPv6 network of 64 bits as one client", () => {
    const { ask } = guard({ mode: "public", limits: { address: memoryRateLimiter(ONCE) } });
    expect(ask({ peer: { address: "2001:db8::1" } })).toBe(OK);
    expect(ask({ peer: { address: "2001:db8::2" } })).toMatchObject({ status: 429 });
    expect(ask({ peer: { address: "2001:db8:0:1::1" } })).toBe(OK);
  });

  it.each([[{}], [{ address: undefined, global: undefined, key: undefined, concurrency: undefined }]])(
    "cannot be left out in public mode: %j",
    (limits) => {
      const { ask } = guard({ mode: "public", limits });
      const statuses = Array.from({ length: 1500 }, () => (ask() as HttpResponse).status);
      expect(statuses.filter((status) => status === 200).length).toBeLessThan(1500);
      expect(statuses.at(-1)).toBe(429);
    },
  );

  it("can wait for their answer", async () => {
    const inner = memoryRateLimiter(ONCE);
    const slow: RateLimiter = {
      limit: inner.limit,
      take: async (key) => inner.take(key),
      peek: async (key) => inner.peek(key),
    };
    const { keys, key } = await oneKey();
    for (const name of ["address", "global", "key"]) {
      const { ask } = guard({ mode: "unprivate", keys, limits: { [name]: slow } });
      await ask({ headers: [key], peer: { address: name } });
      expect(await ask({ headers: [key], peer: { address: name } })).toMatchObject({ status: 429 });
    }
    const { ask } = guard({ mode: "unprivate", keys, limits: { failures: slow } });
    expect(await ask({ headers: [["X-API-Key", "x"]] })).toMatchObject({ status: 401 });
    expect(await ask({ headers: [["X-API-Key", "x"]] })).toMatchObject({ status: 429 });
  });

  it("admit so many of an address at a time, until their answers are done with", async () => {
    const answers: ((response: HttpResponse) => void)[] = [];
    const limits = { concurrency: concurrencyLimiter({ max: 1 }) };
    const { ask } = guard({ mode: "public", limits }, () => new Promise((resolve) => answers.push(resolve)));
    const first = ask();
    expect(ask()).toMatchObject({ status: 429, headers: { "Retry-After": "1" } });
    answers[0]?.(OK);
    await first;
    const second = ask();
    answers[1]?.(OK);
    expect(await second).toBe(OK);
  });

  it("take a place back from a handler that fails, in this turn or later", async () => {
    const limits = { concurrency: concurrencyLimiter({ max: 1 }) };
    const failing = guard({ mode: "public", limits }, () => {
      throw new Error("now");
    });
    expect(() => failing.ask()).toThrow("now");
    const later = guard({ mode: "public", limits }, async () => Promise.reject(new Error("later")));
    await expect(later.ask()).rejects.toThrow("later");
    expect(guard({ mode: "public", limits }).ask()).toBe(OK);
  });
});
