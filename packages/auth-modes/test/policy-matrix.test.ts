import { join } from "node:path";
import { type HttpResponse, isHttpError, normalisePath } from "@tinyhttp/handler";
import { memoryRateLimiter } from "@tinyhttp/rate-limits";
import { beforeAll, describe, expect, it } from "vitest";
import {
  accessPolicy,
  createKey,
  type KeyRing,
  MODES,
  openKeyFile,
  revokeKey,
  type Scope,
  SCOPES,
} from "../src/index.ts";
import { randomKey } from "../src/keys/key-text.ts";
import { FakeRequest } from "./fake-request.ts";
import { type Cell, CREDENTIALS, type MatrixKeys, policyMatrix } from "./policy-matrix.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

// The limits have tests of their own; here they must not be reached.
const PLENTY = { requests: 1e6, perMs: 1000 };
const DAY_MS = 86_400_000;

let keyRing: KeyRing;
const keysByScope = new Map<Scope, MatrixKeys>();

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "auth-modes-matrix-"));
  const path = join(directory, "keys.json");
  const now = Date.now();
  for (const scope of SCOPES) {
    const rights = { scopes: [scope], prefixes: ["/docs"] };
    const right = await createKey(path, rights);
    const revoked = await createKey(path, rights);
    await revokeKey(path, revoked.key.id);
    const expired = await createKey(path, { ...rights, now: now - DAY_MS, expires: now - 1 });
    const pending = await createKey(path, { ...rights, notBefore: now + DAY_MS });
    keysByScope.set(scope, {
      right: right.text.reveal(),
      wrong: randomKey(right.key.id),
      revoked: revoked.text.reveal(),
      expired: expired.text.reveal(),
      pending: pending.text.reveal(),
    });
  }
  keyRing = openKeyFile(path);
  return () => rmSync(directory, { recursive: true });
});

function headersOf(cell: Cell): readonly (readonly [string, string])[] {
  const keys = keysByScope.get(cell.scope);
  return keys === undefined ? [] : (CREDENTIALS[cell.credential]?.(keys) ?? []);
}

describe.each(MODES)("%s, cell by cell", (mode) => {
  it.each(SCOPES)("with a key for %s below /docs", async (scope) => {
    const opened: string[] = [];
    const plenty = memoryRateLimiter(PLENTY);
    const guarded = accessPolicy({
      mode,
      keys: keyRing,
      limits: { address: plenty, key: plenty, global: plenty, failures: plenty },
    })((request) => {
      opened.push(request.path);
      return { status: 200 };
    });
    const wrong: unknown[] = [];
    let cells = 0;
    for (const cell of policyMatrix(mode, scope)) {
      cells += 1;
      opened.length = 0;
      const request = new FakeRequest(cell.target, { method: cell.method, headers: headersOf(cell) });
      const answer = answerOf(() => guarded(request));
      const asked = cell.status === 200 ? [normalisePath(cell.target)] : [];
      const challenged = "WWW-Authenticate" in (answer.headers ?? {});
      const isRight =
        answer.status === cell.status &&
        JSON.stringify(opened) === JSON.stringify(asked) &&
        challenged === (cell.status === 401 || cell.status === 403) &&
        (cell.status !== 200 || request.principal !== undefined);
      if (!isRight) wrong.push({ ...cell, answered: answer.status, opened: [...opened] });
    }
    expect(wrong).toEqual([]);
    expect(cells).toBe(17 * 9 * 25);
  });
});

function answerOf(ask: () => HttpResponse | Promise<HttpResponse>): HttpResponse {
  try {
    const answer = ask();
    if (answer instanceof Promise) throw new TypeError("Expected an answer in the same turn");
    return answer;
  } catch (error) {
    if (!isHttpError(error)) throw error;
    return { status: error.status };
  }
}
