import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  accessPolicy,
  createKey,
  listKeys,
  openKeyFile,
  openSessionFile,
  readSecretFile,
  revokeKey,
  rotateKey,
  type SecurityEvent,
  verifyKey,
} from "../src/index.ts";
import { randomKey } from "../src/keys/key-text.ts";
import { FakeRequest } from "./fake-request.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const FORM = ["Content-Type", "application/x-www-form-urlencoded"] as const;

/** What a secret looks like in any of the forms in which it could slip out. */
function formsOf(secret: string): string[] {
  return [secret, Buffer.from(secret).toString("base64").slice(0, -4), Buffer.from(secret).toString("hex")];
}

describe("secrets", () => {
  it("appear in no event, error, response, listing or stored file", async () => {
    const directory = temporaryDirectory();
    const path = join(directory, "keys.json");
    const seen: unknown[] = [];
    const onSecurityEvent = (event: SecurityEvent): void => void seen.push(event);
    const created = await createKey(path, { holder: "ann", onSecurityEvent });
    const rotated = await rotateKey(path, created.key.id, { onSecurityEvent });
    seen.push(created, rotated, listKeys(path));

    const right = created.text.reveal();
    const wrong = randomKey(created.key.id);
    const pepper = readSecretFile(`${path}.pepper`).reveal();
    const canaries = [right, rotated.text.reveal(), wrong, pepper, "CANARY-password", "CANARY-query", "CANARY-field"];
    seen.push(verifyKey(path, right), verifyKey(path, wrong));

    for (const mode of ["private", "unprivate", "public"] as const) {
      const sessions = openSessionFile(join(directory, `sessions-${mode}.json`), { onSecurityEvent });
      const policy = accessPolicy({ mode, keys: openKeyFile(path, { onSecurityEvent }), sessions, onSecurityEvent });
      const guarded = policy((request) => ({ status: 200, body: inspect(request.principal, { showHidden: true }) }));
      const presented = [
        ...[right, wrong, "CANARY-field", `${right} `, `${right},${wrong}`].map((key) => [
          "Authorization",
          `Bearer ${key}`,
        ]),
        ...[right, wrong, "CANARY-password"].map((key) => ["Authorization", `Basic ${btoa(`CANARY-password:${key}`)}`]),
        ...[right, wrong, "CANARY-field"].flatMap((key) => [
          ["X-API-Key", key],
          ["X-Auth-Token", key],
          ["Cookie", `__Host-tinyhttp=${key}`],
          ["X-Forwarded-For", key],
        ]),
      ] as [string, string][];
      const targets = [
        "/",
        `/a?api_key=CANARY-query`,
        `/%ff?x=CANARY-query`,
        "/.tinyhttp/login",
        "/.tinyhttp/sessions",
      ];
      for (const header of presented) {
        for (const target of targets) {
          for (const method of ["GET", "PUT", "POST"]) {
            const body = new URLSearchParams({ key: wrong, to: "/a" }).toString();
            const peer = { encrypted: true };
            const request = new FakeRequest(target, { method, headers: [header, FORM], body, peer });
            seen.push(await (async () => guarded(request))().catch((error: unknown) => error));
          }
        }
      }
      const body = new URLSearchParams({ key: rotated.text.reveal() }).toString();
      const login = new FakeRequest("/.tinyhttp/login", {
        method: "POST",
        headers: [FORM],
        body,
        peer: { encrypted: true },
      });
      const answer = await guarded(login);
      if (mode === "private") continue;
      const { "Set-Cookie": cookie = "", ...headers } = answer.headers as Record<string, string>;
      seen.push({ ...answer, headers }, sessions.list(Date.now()));
      canaries.push(/=([\w-]{43});/.exec(cookie)?.[1] ?? "");
    }
    const whole = readFileSync(path, "utf8");
    const ring = openKeyFile(path, { onSecurityEvent });
    writeFileSync(path, whole.replace('"version": 1', '"version": "CANARY-field"'));
    await nextTurn();
    seen.push(ring, ring.verify(right, Date.now()));
    writeFileSync(path, whole);
    await revokeKey(path, created.key.id, { onSecurityEvent });
    seen.push(await revokeKey(path, "CANARY", {}).catch((error: unknown) => error));

    const stored = readdirSync(directory)
      .filter((name) => !name.endsWith(".pepper"))
      .map((name) => readFileSync(join(directory, name), "utf8"));
    const shown = [
      inspect(seen, { depth: 20, maxArrayLength: null, maxStringLength: null, showHidden: true }),
      JSON.stringify(seen),
      ...stored,
    ].join("\n");
    expect(canaries.every((canary) => canary.length > 9)).toBe(true);
    const found = canaries.flatMap(formsOf).filter((form) => shown.includes(form));
    expect(found).toEqual([]);
    expect(seen.length).toBeGreaterThan(500);
  });
});
