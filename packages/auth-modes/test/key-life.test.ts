import { execFile } from "node:child_process";
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { HttpResponse } from "@tinyhttp/handler";
import { describe, expect, it } from "vitest";
import {
  accessPolicy,
  createKey,
  listKeys,
  openKeyFile,
  revokeKey,
  rotateKey,
  type SecurityEvent,
  verifyKey,
} from "../src/index.ts";
import { FakeRequest } from "./fake-request.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const OK: HttpResponse = Object.freeze({ status: 200 });

async function openRing(): Promise<{
  path: string;
  text: string;
  id: string;
  events: SecurityEvent[];
  ask: (text: string) => HttpResponse | Promise<HttpResponse>;
}> {
  const path = join(temporaryDirectory(), "keys.json");
  const { text, key } = await createKey(path, { holder: "ann" });
  const events: SecurityEvent[] = [];
  const keys = openKeyFile(path, { onSecurityEvent: (event) => events.push(event) });
  const guarded = accessPolicy({ mode: "unprivate", keys })(() => OK);
  const ask = (presented: string): HttpResponse | Promise<HttpResponse> =>
    guarded(new FakeRequest("/", { headers: [["Authorization", `Bearer ${presented}`]] }));
  return { path, text: text.reveal(), id: key.id, events, ask };
}

describe("a key, from its creation to its end", () => {
  it("works in a server that was started before or after", async () => {
    const { path, text, ask } = await openRing();
    expect(ask(text)).toBe(OK);
    const second = await createKey(path, { holder: "bob" });
    expect(ask(second.text.reveal())).toBe(OK);
    expect(verifyKey(path, text)).toMatchObject({ ok: true, key: { holder: "ann" } });
  });

  it("ends on the next request after it was revoked", async () => {
    const { path, text, id, ask } = await openRing();
    expect(ask(text)).toBe(OK);
    await revokeKey(path, id);
    expect(ask(text)).toMatchObject({ status: 401 });
  });

  it("is replaced by its successor, and works on for the overlap", async () => {
    const { path, text, id, ask } = await openRing();
    const successor = await rotateKey(path, id, { overlapMs: 60_000 });
    expect(ask(text)).toBe(OK);
    expect(ask(successor.text.reveal())).toBe(OK);
    expect(verifyKey(path, text, { now: Date.now() + 61_000 })).toMatchObject({ ok: false, reason: "expired" });
    await expect(rotateKey(path, successor.key.id)).rejects.toMatchObject({ code: "too-many-live-keys" });
  });

  it("is noted when used, to the minute, and not in the key file", async () => {
    const path = join(temporaryDirectory(), "keys.json");
    const { text, key } = await createKey(path);
    const before = readFileSync(path, "utf8");
    const keys = openKeyFile(path);
    keys.verify(text.reveal(), Date.UTC(2027, 0, 1, 10, 30, 15));
    await keys.close();
    expect(listKeys(path)).toMatchObject([{ id: key.id, lastUsed: Date.UTC(2027, 0, 1, 10, 30) }]);
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});

describe("a key file that a server has open", () => {
  it("is taken as it was while it is half-written, and read again when it is whole", async () => {
    const { path, text, ask, events } = await openRing();
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.slice(0, -20));
    await nextTurn();
    expect(ask(text)).toBe(OK);
    expect(events).toMatchObject([{ event: "file-rejected", outcome: "failure" }]);
    await nextTurn();
    expect(ask(text)).toBe(OK);
    expect(events).toHaveLength(1);
    writeFileSync(path, whole);
    await nextTurn();
    expect(ask(text)).toBe(OK);
    expect(events.map(({ event }) => event)).toEqual(["file-rejected", "file-loaded"]);
  });

  it("is taken as it was while others can read it", async () => {
    const { path, text, ask, events } = await openRing();
    await sleep(60);
    expect(ask(text)).toBe(OK);
    await nextTurn();
    chmodSync(path, 0o640);
    expect(ask(text)).toBe(OK);
    expect(events).toMatchObject([{ event: "file-rejected", reason: expect.stringContaining("chmod 600") }]);
  });

  it("lets nobody in any more when it is gone, and again when it is back", async () => {
    const { path, text, ask, events } = await openRing();
    const whole = readFileSync(path);
    rmSync(path);
    await nextTurn();
    expect(ask(text)).toMatchObject({ status: 401 });
    writeFileSync(path, whole, { mode: 0o600 });
    await nextTurn();
    expect(ask(text)).toBe(OK);
    expect(events.map(({ event }) => event)).toEqual(["file-rejected", "file-loaded"]);
  });

  it("is closed to others from the start, and so is its pepper", async () => {
    const { path } = await openRing();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}.pepper`).mode & 0o777).toBe(0o600);
  });

  it("survives many writers at the same time, in this process and in others", async () => {
    const path = join(temporaryDirectory(), "keys.json");
    const script = join(import.meta.dirname, "fixtures", "create-keys.ts");
    const node = ["--conditions=@tinyhttp/source", script, path, "6"];
    const others = Array.from({ length: 3 }, () => promisify(execFile)(process.execPath, node));
    await Promise.all([...others, ...Array.from({ length: 12 }, () => createKey(path))]);
    expect(listKeys(path)).toHaveLength(30);
  });
});
