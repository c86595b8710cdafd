/** Secrets that occur nowhere else are put everywhere a secret can be; then everything that the program has said is searched. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { idOf, Operator } from "./operator.ts";
import { needs, run, runProgram } from "./program.ts";

const CURL = "/usr/bin/curl";
needs(CURL, "curl");

const REDIS_PASSWORD = "canary-redis-password-5b2f";
const FIELD_VALUE = "canary-field-value-91c3";

describe("secrets", () => {
  it("are in no log, no message and no answer", async () => {
    using operator = new Operator();
    const [key, wrong, later] = [
      await operator.createKey("--holder", "ada"),
      `thk_canary00_${"W".repeat(49)}`,
      await operator.createKey("--not-before", "1d"),
    ];
    writeFileSync(join(operator.home, "redis-password"), `${REDIS_PASSWORD}\n`, { mode: 0o600 });
    const said: string[] = [];
    const served = await operator.serve([
      "./site",
      "--mode=unprivate",
      "--tls-self-signed",
      "--host=127.0.0.1",
      "--debug",
      "--query-key",
      "--access-log=access.log",
      "--log-format=json",
      "--security-log=security.log",
      "--redis=redis://127.0.0.1:1",
      "--redis-password-file=redis-password",
      `--header=X-Token: ${FIELD_VALUE}`,
    ]);
    const ask = async (...args: string[]): Promise<void> => {
      const { stdout, stderr } = await run([CURL, "-sSki", ...args]);
      // The field that the operator adds is for clients to see.
      said.push(stdout.replaceAll(FIELD_VALUE, ""), stderr);
    };
    for (const secret of [key, wrong, later, `${key}x`, key.slice(0, 30)]) {
      await ask("-H", `Authorization: Bearer ${secret}`, served.url);
      await ask("-H", `X-API-Key: ${secret}`, `${served.url}none`);
      await ask("-u", `x:${secret}`, `${served.url}%2f`);
      await ask(`${served.url}?api_key=${secret}`);
      await ask(`${served.url}?a=b&API_KEY=${secret}`, "-e", `${served.url}?api_key=${secret}`);
      await ask("-H", `X-Auth-Token: ${secret}`, "-H", `X-API-Key: ${secret}`, "-X", "PUT", served.url);
      await ask("-d", `key=${secret}`, `${served.url}.tinyhttp/login`);
      await ask("-b", `__Host-sid=${secret}`, `${served.url}.tinyhttp/sessions`);
    }
    const signedIn = await run([CURL, "-sSki", "-d", `key=${key}`, `${served.url}.tinyhttp/login`]);
    const session = /^set-cookie: __Host-tinyhttp=([\w-]{43})/im.exec(signedIn.stdout)?.[1] ?? "no session";
    await ask("-b", `__Host-tinyhttp=${session}`, served.url);
    await ask("-b", `__Host-tinyhttp=${session}`, `${served.url}.tinyhttp/login`);
    await ask("-b", `__Host-tinyhttp=${session}`, `${served.url}.tinyhttp/sessions`);
    const { stdout, stderr } = await served.stop();
    // --debug shows it too, as part of what was sent.
    said.push(stdout, stderr.replaceAll(FIELD_VALUE, ""));
    for (const args of [
      ["keys", "list"],
      ["keys", "list", "--json"],
      ["keys", "revoke", idOf(key)],
      ["sessions", "list"],
    ]) {
      const result = await runProgram(args, { env: operator.env });
      said.push(result.stdout, result.stderr);
    }
    const check = await runProgram(
      ["config", "check", "--header", `X-Token: ${FIELD_VALUE}`, "--redis", "redis://127.0.0.1:1"],
      {
        env: { ...operator.env, TINYHTTP_REDIS_PASSWORD: REDIS_PASSWORD },
      },
    );
    said.push(check.stdout, check.stderr);
    for (const file of ["access.log", "security.log"]) said.push(readFileSync(join(operator.home, file), "utf8"));
    for (const file of readdirSync(join(operator.home, "config/tinyhttp"))) {
      said.push(readFileSync(join(operator.home, "config/tinyhttp", file), "utf8"));
    }
    said.push(readFileSync(join(operator.home, "state/tinyhttp/sessions.json"), "utf8"));
    const tlsKey = readFileSync(join(operator.home, "state/tinyhttp/self-signed.key"), "utf8").split("\n")[1] ?? "";
    const pepper = readFileSync(join(operator.home, "config/tinyhttp/keys.json.pepper"), "utf8").trim();
    const everything = said.filter((text) => text.trim() !== pepper).join("\n");
    expect(everything.length).toBeGreaterThan(10_000);
    for (const secret of [key, wrong, later, session, REDIS_PASSWORD, FIELD_VALUE, pepper, tlsKey]) {
      // The id, which comes first in a key, may be shown.
      const part = secret.startsWith("thk_") ? secret.slice(13, 33) : secret;
      expect(part.length).toBeGreaterThan(19);
      expect(everything.includes(part) ? part : "not found").toBe("not found");
    }
  });
});
