import { join } from "node:path";
import type { Handler, HttpResponse } from "@tinyhttp/handler";
import { describe, expect, it } from "vitest";
import {
  accessPolicy,
  type AccessPolicyOptions,
  createKey,
  type NewKey,
  openKeyFile,
  openSessionFile,
  revokeKey,
  type SecurityEvent,
  type SessionStore,
} from "../src/index.ts";
import { FakeRequest, type FakeRequestInit } from "./fake-request.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const SITE: HttpResponse = Object.freeze({ status: 200, body: "the site" });
const NAVIGATION = [
  ["Accept", "text/html,*/*;q=0.8"],
  ["Sec-Fetch-Mode", "navigate"],
] as const;
const FORM = ["Content-Type", "application/x-www-form-urlencoded"] as const;

interface World {
  readonly directory: string;
  readonly key: string;
  readonly keyId: string;
  readonly sessions: SessionStore;
  readonly events: SecurityEvent[];
  readonly clock: { now: number };
  readonly ask: (target: string, init?: FakeRequestInit) => Promise<HttpResponse>;
  readonly signIn: (extra?: readonly (readonly [string, string])[]) => Promise<string>;
}

async function world(
  newKey: NewKey = {},
  options: Partial<AccessPolicyOptions> = {},
  handler: Handler = () => SITE,
): Promise<World> {
  const directory = temporaryDirectory();
  const keyFile = join(directory, "keys.json");
  const { text, key } = await createKey(keyFile, { holder: "ann", ...newKey });
  const sessions = openSessionFile(join(directory, "sessions.json"));
  const events: SecurityEvent[] = [];
  const clock = { now: Date.now() };
  const policy = accessPolicy({
    mode: "unprivate",
    keys: openKeyFile(keyFile),
    sessions,
    onSecurityEvent: (event) => events.push(event),
    now: () => clock.now,
    ...options,
  });
  const guarded = policy(handler);
  const ask = async (target: string, init: FakeRequestInit = {}): Promise<HttpResponse> =>
    guarded(new FakeRequest(target, { ...init, peer: { encrypted: true, ...init.peer } }));
  const signIn = async (extra: readonly (readonly [string, string])[] = []): Promise<string> => {
    const body = new URLSearchParams({ key: text.reveal() }).toString();
    const answer = await ask("/.tinyhttp/login", { method: "POST", headers: [FORM, ...extra], body });
    return field(answer, "set-cookie").split(";")[0] ?? "";
  };
  return { directory, key: text.reveal(), keyId: key.id, sessions, events, clock, ask, signIn };
}

function field({ headers }: HttpResponse, name: string): string {
  const found = Object.entries(headers ?? {}).find(([other]) => other.toLowerCase() === name);
  return String(found?.[1] ?? "");
}

describe("signing in", () => {
  it("shows a page to somebody who navigates, without the browser's own dialogue", async () => {
    const { ask } = await world();
    const page = await ask("/a/b?c=d", { headers: NAVIGATION });
    expect(page.status).toBe(401);
    expect(page.body).toContain('<input type="hidden" name="to" value="/a/b?c=d">');
    expect(field(page, "www-authenticate")).toBe('Bearer realm="tinyhttp"');
    expect(field(page, "content-security-policy")).toMatch(/^default-src 'none'/);
  });

  it.each([
    ["a program", []],
    ["a script of a page", [["Sec-Fetch-Mode", "cors"] as const, ["Accept", "text/html"] as const]],
  ])("answers %s with a plain challenge", async (_, headers) => {
    const { ask } = await world();
    const answer = await ask("/", { headers });
    expect(answer).toMatchObject({ status: 401, body: "A key is needed\n" });
    expect(field(answer, "www-authenticate")).toContain("Basic");
  });

  it("has no page over plain HTTP, where the cookie could not be kept", async () => {
    const { ask } = await world();
    const plain = { peer: { encrypted: false } };
    expect((await ask("/", { ...plain, headers: NAVIGATION })).body).toBe("A key is needed\n");
    expect((await ask("/.tinyhttp/login", plain)).status).toBe(403);
  });

  it("takes the word of a trusted proxy for TLS, and of nobody else", async () => {
    const proxied = {
      peer: { encrypted: false, address: "10.0.0.1" },
      headers: [["X-Forwarded-Proto", "https"] as const],
    };
    const { ask } = await world({}, { trustedProxies: ["10.0.0.0/8"] });
    expect((await ask("/.tinyhttp/login", proxied)).status).toBe(200);
    expect((await ask("/.tinyhttp/login", { ...proxied, peer: { encrypted: false } })).status).toBe(403);
  });

  it("exchanges a key for a cookie and goes on to where it was asked for", async () => {
    const { ask, key, events } = await world();
    const body = new URLSearchParams({ key: ` ${key}\n`, to: "/docs/?a=b" }).toString();
    const answer = await ask("/.tinyhttp/login", { method: "POST", headers: [FORM], body });
    expect(answer.status).toBe(303);
    expect(field(answer, "location")).toBe("/docs/?a=b");
    expect(field(answer, "set-cookie")).toMatch(
      /^__Host-tinyhttp=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect(events).toMatchObject([{ event: "login", outcome: "success" }]);
  });

  it("answers a wrong key with the page again, and after five of them with 429", async () => {
    const { ask } = await world();
    const body = new URLSearchParams({ key: "thk_wrong", to: "/x" }).toString();
    const statuses: number[] = [];
    for (let round = 0; round < 6; round++) {
      const answer = await ask("/.tinyhttp/login", { method: "POST", headers: [FORM], body });
      statuses.push(answer.status);
      if (round === 0) expect(answer.body).toContain('role="alert"');
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it.each([
    ["another origin", [FORM, ["Origin", "https://evil.example"] as const], 403],
    ["another site", [FORM, ["Sec-Fetch-Site", "cross-site"] as const], 403],
    ["another form", [["Content-Type", "text/plain"] as const], 415],
  ])("takes no key from %s", async (_, headers, status) => {
    const { ask, key } = await world();
    const body = new URLSearchParams({ key }).toString();
    const answer = ask("/.tinyhttp/login", { method: "POST", headers, body });
    expect(await answer.catch((error: unknown) => error)).toMatchObject({ status });
  });
});

describe("a session", () => {
  it("asks with the rights of its key", async () => {
    const { ask, signIn } = await world();
    const headers = [["Cookie", `a=b; ${await signIn()}`] as const];
    expect(await ask("/", { headers })).toBe(SITE);
    expect((await ask("/", { method: "PUT", headers })).status).toBe(403);
  });

  it("tells the handler where it can be ended, which a key is not told", async () => {
    const seen: unknown[] = [];
    const { ask, signIn, key } = await world({}, {}, ({ principal }) => {
      seen.push(principal?.kind, principal?.signOutPath);
      return SITE;
    });
    await ask("/", { headers: [["Cookie", await signIn()]] });
    await ask("/", { headers: [["X-API-Key", key]] });
    expect(seen).toEqual(["session", "/.tinyhttp/logout", "key", undefined]);
  });

  it("is over after logout, and a copy of its cookie with it", async () => {
    const { ask, signIn, events } = await world();
    const headers = [["Cookie", await signIn()] as const];
    const answer = await ask("/.tinyhttp/logout", { method: "POST", headers });
    expect(answer.status).toBe(303);
    expect(field(answer, "set-cookie")).toContain("Max-Age=0");
    expect((await ask("/", { headers })).status).toBe(401);
    expect(events.map(({ event }) => event)).toEqual(["login", "logout", "authentication"]);
  });

  it("is replaced by the next one of the same browser", async () => {
    const { ask, signIn } = await world();
    const first = await signIn();
    const second = await signIn([["Cookie", first]]);
    expect(second).not.toBe(first);
    expect((await ask("/", { headers: [["Cookie", first]] })).status).toBe(401);
    expect(await ask("/", { headers: [["Cookie", second]] })).toBe(SITE);
  });

  it("is over when its key is", async () => {
    const { ask, signIn, directory, keyId } = await world();
    const headers = [["Cookie", await signIn()] as const];
    await revokeKey(join(directory, "keys.json"), keyId);
    expect((await ask("/", { headers })).status).toBe(401);
  });

  it("is over after 15 minutes without a request", async () => {
    const { ask, signIn, clock } = await world();
    const headers = [["Cookie", await signIn()] as const];
    clock.now += 14 * 60_000;
    expect(await ask("/", { headers })).toBe(SITE);
    clock.now += 14 * 60_000;
    expect(await ask("/", { headers })).toBe(SITE);
    clock.now += 15 * 60_000;
    expect((await ask("/", { headers })).status).toBe(401);
  });

  it("is over after 8 hours, however busy", async () => {
    const { ask, signIn, clock } = await world();
    const headers = [["Cookie", await signIn()] as const];
    for (let minutes = 10; minutes < 480; minutes += 10) {
      clock.now += 600_000;
      expect(await ask("/", { headers })).toBe(SITE);
    }
    clock.now += 600_000;
    expect((await ask("/", { headers })).status).toBe(401);
  });

  it("is the fifth at most of one holder: the oldest goes", async () => {
    const { ask, signIn, clock } = await world();
    const cookies: string[] = [];
    for (let count = 0; count < 6; count++) {
      clock.now += 1000;
      cookies.push(await signIn());
    }
    const statuses = await Promise.all(
      cookies.map(async (cookie) => (await ask("/", { headers: [["Cookie", cookie]] })).status),
    );
    expect(statuses).toEqual([401, 200, 200, 200, 200, 200]);
  });

  it("is known to another thread, and over there when it is over here", async () => {
    const { signIn, sessions, directory } = await world();
    const token = (await signIn()).slice("__Host-tinyhttp=".length);
    const other = openSessionFile(join(directory, "sessions.json"));
    const session = other.find(token, Date.now());
    expect(session?.holder).toBe("ann");
    expect(await other.end(session?.id ?? "")).toBe(true);
    expect(sessions.find(token, Date.now())).toBeUndefined();
  });

  it("writes when it was last used, so that another thread does not end it", async () => {
    const { signIn, sessions, directory, clock } = await world();
    const token = (await signIn()).slice("__Host-tinyhttp=".length);
    const other = openSessionFile(join(directory, "sessions.json"));
    sessions.find(token, clock.now + 10 * 60_000);
    await sessions.close();
    expect(other.find(token, clock.now + 20 * 60_000)?.holder).toBe("ann");
  });

  it.each([
    ["PUT", [["Origin", "https://evil.example"] as const]],
    ["DELETE", [["Sec-Fetch-Site", "same-site"] as const]],
  ])("changes nothing for a page of another origin: %s", async (method, extra) => {
    const { ask, signIn } = await world({ scopes: ["read", "write", "delete"] });
    const cookie = ["Cookie", await signIn()] as const;
    expect((await ask("/", { method, headers: [cookie] })).status).toBe(200);
    expect((await ask("/", { method, headers: [cookie, ...extra] })).status).toBe(403);
  });

  it("lets the page ask again when a link of another site held the cookie back", async () => {
    const { ask } = await world();
    const page = await ask("/", { headers: [...NAVIGATION, ["Sec-Fetch-Site", "cross-site"]] });
    expect(page.body).toContain('http-equiv="refresh"');
    const again = await ask("/", { headers: [...NAVIGATION, ["Sec-Fetch-Site", "same-origin"]] });
    expect(again.body).not.toContain('http-equiv="refresh"');
  });
});

describe("the list of sessions", () => {
  it("is for the scope admin", async () => {
    const { ask, signIn, key } = await world({ scopes: ["read", "write", "delete"] });
    await signIn();
    const headers = [["X-API-Key", key] as const];
    expect((await ask("/.tinyhttp/sessions", { headers })).status).toBe(403);
    expect((await ask("/.tinyhttp/sessions")).status).toBe(401);
  });

  it("names them, and ends one", async () => {
    const { ask, signIn, key, keyId } = await world({ scopes: ["read", "admin"] });
    const cookie = await signIn();
    const headers = [["X-API-Key", key] as const];
    const { body } = await ask("/.tinyhttp/sessions", { headers });
    expect(body).not.toContain(cookie.split("=")[1]);
    const { sessions } = JSON.parse(body as string) as { sessions: { id: string; keyId: string; holder: string }[] };
    expect(sessions).toMatchObject([{ keyId, holder: "ann" }]);
    const path = `/.tinyhttp/sessions/${sessions[0]?.id}`;
    expect((await ask(path, { method: "DELETE", headers })).status).toBe(204);
    expect((await ask(path, { method: "DELETE", headers })).status).toBe(404);
    expect((await ask("/", { headers: [["Cookie", cookie]] })).status).toBe(401);
  });
});
