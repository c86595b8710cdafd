/**
 * Every combination of mode, credential, scope, method and form of the path, with what the policy says of it. The
 * expectations are written down a second time here, from the words of the policy and not from its code.
 */
import type { Mode, Scope } from "../src/index.ts";

type Header = readonly [name: string, value: string];

/** Ways to present a credential, given the text of a key that works. */
export const CREDENTIALS: Readonly<Record<string, (keys: MatrixKeys) => readonly Header[]>> = {
  none: () => [],
  bearer: ({ right }) => [["Authorization", `Bearer ${right}`]],
  "bearer in capitals": ({ right }) => [["AUTHORIZATION", `BEARER ${right}`]],
  basic: ({ right }) => [["Authorization", `Basic ${Buffer.from(`me:${right}`).toString("base64")}`]],
  "x-api-key": ({ right }) => [["X-API-Key", right]],
  "x-auth-token": ({ right }) => [["X-Auth-Token", right]],
  "wrong key": ({ wrong }) => [["Authorization", `Bearer ${wrong}`]],
  "no key at all": () => [["X-API-Key", "letmein"]],
  "empty field": () => [["X-API-Key", ""]],
  "key as a user name": ({ right }) => [["Authorization", `Basic ${Buffer.from(`${right}:`).toString("base64")}`]],
  "another scheme": ({ right }) => [["Authorization", `Token ${right}`]],
  "revoked key": ({ revoked }) => [["X-API-Key", revoked]],
  "expired key": ({ expired }) => [["X-API-Key", expired]],
  "key of tomorrow": ({ pending }) => [["X-API-Key", pending]],
  "two kinds": ({ right }) => [
    ["Authorization", `Bearer ${right}`],
    ["X-API-Key", right],
  ],
  "a right and a wrong one": ({ right, wrong }) => [
    ["X-Auth-Token", right],
    ["X-API-Key", wrong],
  ],
  "the same field twice": ({ right }) => [
    ["X-API-Key", right],
    ["X-API-Key", right],
  ],
};

const RIGHT = new Set(["bearer", "bearer in capitals", "basic", "x-api-key", "x-auth-token"]);
const SEVERAL = new Set(["two kinds", "a right and a wrong one", "the same field twice"]);

/** Targets, and where they are: below the prefix of the key, elsewhere, nowhere; or with a key in the query. */
export const TARGETS: Readonly<Record<string, "inside" | "outside" | "bad" | "key-in-query">> = {
  "/docs": "inside",
  "/docs/": "inside",
  "/docs/a": "inside",
  "/docs/a?b=c": "inside",
  "/%64ocs/a": "inside",
  "/docs//a": "inside",
  "/docs/./a": "inside",
  "/x/../docs/a": "inside",
  "/docs/%2e%2e/docs/a": "inside",
  "http://localhost/docs/a": "inside",
  "/": "outside",
  "/docsx": "outside",
  "/DOCS/a": "outside",
  "/x/docs/a": "outside",
  "/docs/../secret": "outside",
  "/docs/%2e%2e/secret": "outside",
  "/docs/%2E./secret": "outside",
  "http://localhost/secret?/docs/": "outside",
  "/docs%2fa": "bad",
  "/docs/..%5csecret": "bad",
  "/docs/%00": "bad",
  "/../docs": "bad",
  "/docs/%ff": "bad",
  "/docs/a?api_key=x": "key-in-query",
  "/docs/a?b&api%5Fkey": "key-in-query",
};

const METHODS: Readonly<Record<string, Scope>> = {
  GET: "read",
  HEAD: "read",
  OPTIONS: "read",
  PUT: "write",
  POST: "write",
  PATCH: "write",
  DELETE: "delete",
  PURGE: "admin",
  TRACE: "admin",
};

/** Texts of keys, all of them with one scope below `/docs`. */
export interface MatrixKeys {
  readonly right: string;
  readonly wrong: string;
  readonly revoked: string;
  readonly expired: string;
  readonly pending: string;
}

export interface Cell {
  readonly mode: Mode;
  readonly credential: string;
  readonly scope: Scope;
  readonly method: string;
  readonly target: string;
  /** 200 when the handler is to be asked. */
  readonly status: number;
}

export function* policyMatrix(mode: Mode, scope: Scope): Generator<Cell> {
  for (const credential of Object.keys(CREDENTIALS)) {
    for (const method of Object.keys(METHODS)) {
      for (const target of Object.keys(TARGETS)) {
        yield {
          mode,
          credential,
          scope,
          method,
          target,
          status: expectedStatus(mode, credential, scope, method, target),
        };
      }
    }
  }
}

function expectedStatus(mode: Mode, credential: string, scope: Scope, method: string, target: string): number {
  const place = TARGETS[target];
  if (mode === "private") return place === "bad" ? 400 : 200;
  if (place === "key-in-query" || SEVERAL.has(credential)) return 400;
  if (credential === "none") {
    if (mode === "unprivate") return 401;
    if (place === "bad") return 400;
    return METHODS[method] === "read" ? 200 : 401;
  }
  if (!RIGHT.has(credential)) return 401;
  if (place === "bad") return 400;
  return METHODS[method] === scope && place === "inside" ? 200 : 403;
}
