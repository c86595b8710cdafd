/** Every combination of mode, credential, method, path and version of HTTP, over real sockets, against the policy in words. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect as connectHttp2, type ClientHttp2Session } from "node:http2";
import { connect } from "node:net";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { idOf, Operator } from "./operator.ts";
import { runProgram, type Served } from "./program.ts";

type Mode = "private" | "unprivate" | "public";
type Version = "HTTP/1.0" | "HTTP/1.1" | "HTTP/2";

interface Credential {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly query?: string;
  /** What it is worth; a list of what it allows when it is a key that works. */
  readonly worth: "nothing" | "wrong" | "malformed" | { readonly scopes: readonly string[]; readonly below: string };
}

const SCOPE_OF: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  DELETE: "delete",
  PROPFIND: "admin",
};

/** Target, and the path that it means; `undefined` when it means none. */
const TARGETS: readonly (readonly [target: string, path: string | undefined])[] = [
  ["/docs/a.txt", "/docs/a.txt"],
  ["/docs/%61.txt", "/docs/a.txt"],
  ["/docs/x/../a.txt", "/docs/a.txt"],
  ["/docsecret/b.txt", "/docsecret/b.txt"],
  ["/docs/../secret/b.txt", "/secret/b.txt"],
  ["/docs/%2e%2e/secret/b.txt", "/secret/b.txt"],
  ["/docs/..%2fsecret/b.txt", undefined],
  ["/docs/%00", undefined],
];

/** The policy, as DESIGN and the README have it. */
function expectedStatus(mode: Mode, { worth }: Credential, method: string, path: string | undefined): number {
  if (mode === "private") return path === undefined ? 400 : 200;
  if (worth === "malformed") return 400;
  if (worth === "wrong") return 401;
  if (worth === "nothing" && mode === "unprivate") return 401;
  if (path === undefined) return 400;
  const { scopes, below } = worth === "nothing" ? { scopes: ["read", "list"], below: "/" } : worth;
  const isBelow = below === "/" || path === below || path.startsWith(`${below}/`);
  if (isBelow && scopes.includes(SCOPE_OF[method] ?? "admin")) return 200;
  return worth === "nothing" ? 401 : 403;
}

const operator = new Operator();
const servers = new Map<string, Served>();
const credentials: Credential[] = [];

beforeAll(async () => {
  const app = join(operator.home, "app.mjs");
  writeFileSync(app, "export default ({ path }) => ({ status: 200, body: path });");
  const reader = await operator.createKey();
  const docs = await operator.createKey("--path", "/docs");
  const writer = await operator.createKey("--scope", "write", "--scope", "delete");
  const all = await operator.createKey("--scope", "read", "--scope", "write", "--scope", "delete", "--scope", "admin");
  const revoked = await operator.createKey();
  const later = await operator.createKey("--not-before", "1d");
  await runProgram(["keys", "revoke", idOf(revoked)], { env: operator.env });
  const mistyped = reader.slice(0, -1) + (reader.endsWith("a") ? "b" : "a");
  const reading = { scopes: ["read", "list"], below: "/" };
  credentials.push(
    { name: "nothing", fields: {}, worth: "nothing" },
    { name: "a reader's key", fields: bearer(reader), worth: reading },
    { name: "the same in X-API-Key", fields: { "x-api-key": reader }, worth: reading },
    { name: "the same in X-Auth-Token", fields: { "x-auth-token": reader }, worth: reading },
    { name: "the same as a password", fields: { authorization: basic(reader) }, worth: reading },
    { name: "a key for /docs", fields: bearer(docs), worth: { ...reading, below: "/docs" } },
    { name: "a writer's key", fields: bearer(writer), worth: { scopes: ["write", "delete"], below: "/" } },
    { name: "a key for all", fields: bearer(all), worth: { scopes: Object.values(SCOPE_OF), below: "/" } },
    { name: "a mistyped key", fields: bearer(mistyped), worth: "wrong" },
    { name: "a revoked key", fields: bearer(revoked), worth: "wrong" },
    { name: "a key of tomorrow", fields: { "x-api-key": later }, worth: "wrong" },
    { name: "another scheme", fields: { authorization: "Digest username=a" }, worth: "wrong" },
    { name: "two keys", fields: { ...bearer(reader), "x-api-key": reader }, worth: "malformed" },
    { name: "a key in the query", fields: {}, query: `api_key=${reader}`, worth: "malformed" },
  );
  for (const mode of ["private", "unprivate", "public"]) {
    // Which path is asked for does not matter to somebody without a key, unless there is a page to sign in on.
    const args = ["--handler", app, "--mode", mode, "--host", "127.0.0.1", "--no-login"];
    servers.set(mode, await operator.serve(args));
    servers.set(`${mode} tls`, await operator.serve([...args, "--tls-self-signed"]));
  }
}, 60_000);

afterAll(async () => {
  await Promise.all([...servers.values()].map((served) => served.stop()));
  operator[Symbol.dispose]();
});

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

function basic(password: string): string {
  return `Basic ${Buffer.from(`anybody:${password}`).toString("base64")}`;
}

type Ask = (method: string, target: string, fields: Readonly<Record<string, string>>) => Promise<number>;

/** Wrong keys are counted by address; each few of them come from another one. */
let lastAddress = 1;
function nextAddress(): string {
  lastAddress++;
  return `127.1.${lastAddress >> 8}.${lastAddress & 255}`;
}

async function client(mode: Mode, version: Version, localAddress: string): Promise<{ ask: Ask; close: () => void }> {
  const url = new URL(servers.get(version === "HTTP/2" ? `${mode} tls` : mode)?.url ?? "");
  const port = Number(url.port);
  if (version !== "HTTP/2") {
    return { close: () => {}, ask: (...request) => askOnce(port, version, localAddress, ...request) };
  }
  const connection = connect({ port, host: "127.0.0.1", localAddress });
  const socket = connectTls({ socket: connection, ALPNProtocols: ["h2"], rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const session = connectHttp2(url, { createConnection: () => socket });
  return { close: () => session.close(), ask: (...request) => askHttp2(session, ...request) };
}

async function askOnce(
  port: number,
  version: Version,
  localAddress: string,
  ...[method, target, fields]: Parameters<Ask>
) {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  const lines = Object.entries({ host: `localhost:${port}`, "content-length": "0", ...fields });
  socket.write(
    `${method} ${target} ${version}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}connection: close\r\n\r\n`,
  );
  const [head] = (await once(socket.setEncoding("latin1"), "data")) as [string];
  socket.destroy();
  return Number(/^HTTP\/1\.[01] (\d{3}) /.exec(head)?.[1]);
}

async function askHttp2(session: ClientHttp2Session, ...[method, target, fields]: Parameters<Ask>): Promise<number> {
  const stream = session.request({ ":method": method, ":path": target, ...fields }, { endStream: true });
  const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
  stream.resume();
  await once(stream, "close");
  return Number(headers[":status"]);
}

describe.each<[Mode]>([["private"], ["unprivate"], ["public"]])("%s mode", (mode) => {
  it.each<[Version]>([["HTTP/1.0"], ["HTTP/1.1"], ["HTTP/2"]])(
    "decides each cell as written, in %s",
    async (version) => {
      const wrong: string[] = [];
      let cells = 0;
      for (const credential of credentials) {
        for (const [plainTarget, path] of TARGETS) {
          const { ask, close } = await client(mode, version, nextAddress());
          const target = credential.query === undefined ? plainTarget : `${plainTarget}?${credential.query}`;
          for (const method of Object.keys(SCOPE_OF)) {
            const wanted = expectedStatus(mode, credential, method, path);
            const status = await ask(method, target, credential.fields);
            if (status !== wanted)
              wrong.push(`${method} ${plainTarget} with ${credential.name}: ${status}, wanted ${wanted}`);
            cells++;
          }
          close();
        }
      }
      expect(wrong).toEqual([]);
      expect(cells).toBe(14 * 8 * 5);
    },
  );
});
