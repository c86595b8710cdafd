import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { idOf, Operator } from "./operator.ts";
import { needs, PROGRAM, run, runProgram, type Served } from "./program.ts";

const CURL = "/usr/bin/curl";
needs(CURL, "curl");

async function statusOf(url: string, ...args: string[]): Promise<number> {
  const { stdout } = await run([CURL, "-sS", "-k", "-o", "/dev/null", "-w", "%{http_code}", ...args, url]);
  return Number(stdout);
}

function bearer(key: string): string[] {
  return ["-H", `Authorization: Bearer ${key}`];
}

function securityEvents(file: string): Record<string, unknown>[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
}

describe("private mode", () => {
  it("answers to names of this machine only (RFC 9110 §15.5.20)", async () => {
    using operator = new Operator();
    await using served = await operator.serve([]);
    expect(await statusOf(served.url)).toBe(200);
    expect(await statusOf(served.url, "-H", "Host: localhost")).toBe(200);
    expect(await statusOf(served.url, "-H", "Host: evil.example")).toBe(421);
    expect(await statusOf(served.url, "-H", "Host: 127.0.0.1.evil.example")).toBe(421);
  });

  it("answers to a name that it was told", async () => {
    using operator = new Operator();
    await using served = await operator.serve(["--host-name", "dev.example"]);
    expect(await statusOf(served.url, "-H", "Host: dev.example:8080")).toBe(200);
  });
});

describe("what would let in whom nobody meant to let in", () => {
  it.each([
    [
      ["--host", "0.0.0.0"],
      "Cannot listen on 0.0.0.0 in private mode, which is for this machine alone: add --mode unprivate to let in who has a key, or --mode public to let in everybody",
    ],
    [
      ["--mode", "unprivate"],
      "Cannot ask for keys in unprivate mode, since there is none yet: make one with tinyhttp keys create",
    ],
  ])("is refused for %j with what to type instead", async (args, sentence) => {
    using operator = new Operator();
    const result = await runProgram([...args, "--port", "0"], { env: operator.env, cwd: operator.home });
    expect(result).toEqual({ code: 1, signal: null, stdout: "", stderr: `tinyhttp: ${sentence}\n` });
  });

  it("is refused for keys over plain HTTP, unless the operator says so or a proxy encrypts", async () => {
    using operator = new Operator();
    await operator.createKey();
    const args = ["--mode", "unprivate", "--host", "0.0.0.0"];
    const refused = await runProgram([...args, "--port", "0"], { env: operator.env, cwd: operator.home });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^tinyhttp: Cannot ask for keys on 0\.0\.0\.0 over plain HTTP.* --tls-self-signed,.*--insecure-http\n$/,
    );
    for (const fix of [["--insecure-http"], ["--trusted-proxy", "10.0.0.0/8"], ["--tls-self-signed"]]) {
      await using served = await operator.serve([...args, ...fix]);
      expect(await statusOf(served.url)).toBe(401);
    }
  });

  it("is recorded in the security log", async () => {
    using operator = new Operator();
    const log = join(operator.home, "security.log");
    await runProgram(["--host", "0.0.0.0", "--security-log", log], { env: operator.env });
    expect(securityEvents(log)).toMatchObject([{ event: "started", outcome: "failure", mode: "private" }]);
  });
});

describe("a key of a running server", () => {
  it.each([["1"], ["2"]])("that is revoked is refused on the next request, with %s threads", async (threads) => {
    using operator = new Operator();
    const [kept, revoked] = [await operator.createKey(), await operator.createKey()];
    await using served = await operator.serve(["--mode", "unprivate", "--host", "127.0.0.1", "--threads", threads]);
    const statuses = async (key: string): Promise<Set<number>> =>
      new Set(await Promise.all(Array.from({ length: 8 }, () => statusOf(served.url, ...bearer(key)))));
    expect(await statuses(revoked)).toEqual(new Set([200]));
    await runProgram(["keys", "revoke", idOf(revoked)], { env: operator.env });
    expect(await statusOf(served.url, ...bearer(revoked))).toBe(401);
    expect(await statuses(kept)).toEqual(new Set([200]));
  });

  it("works from the moment on at which it was made, and its successor beside it", async () => {
    using operator = new Operator();
    await operator.createKey();
    await using served = await operator.serve(["--mode", "unprivate", "--host", "127.0.0.1"]);
    const key = await operator.createKey("--holder", "ada");
    expect(await statusOf(served.url, ...bearer(key))).toBe(200);
    const { stdout } = await runProgram(["keys", "rotate", idOf(key)], { env: operator.env });
    expect(await statusOf(served.url, ...bearer(key))).toBe(200);
    expect(await statusOf(served.url, ...bearer(stdout.trim()))).toBe(200);
  });

  it("goes on working when the file is damaged, and the operator is told", async () => {
    using operator = new Operator();
    const key = await operator.createKey();
    await using served = await operator.serve(["--mode", "unprivate", "--host", "127.0.0.1"]);
    const file = join(operator.home, "config/tinyhttp/keys.json");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 100));
    expect(await statusOf(served.url, ...bearer(key))).toBe(200);
    await served.printed(/^tinyhttp: Cannot read the keys: .*; what was read before still holds\n/m, "stderr");
  });

  it("is named in the access log, by its id", async () => {
    using operator = new Operator();
    const key = await operator.createKey();
    await using served = await operator.serve(["--mode", "unprivate", "--host", "127.0.0.1", "--access-log", "-"]);
    await statusOf(served.url, ...bearer(key));
    await served.printed(new RegExp(`^127\\.0\\.0\\.1 - ${idOf(key)} \\[`, "m"));
  });
});

describe("too many", () => {
  it("wrong keys of one address are slowed down, and right ones are not", async () => {
    using operator = new Operator();
    const key = await operator.createKey();
    await using served = await operator.serve(["--mode", "unprivate", "--host", "127.0.0.1"]);
    const wrong: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) wrong.push(await statusOf(served.url, "-H", "X-API-Key: thk_guess"));
    expect(wrong).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(await statusOf(served.url, ...bearer(key))).toBe(200);
  });

  it.each([["1"], ["2"]])(
    "requests of one address are refused in public mode, exactly, by %s threads",
    async (threads) => {
      using operator = new Operator();
      await using served = await operator.serve([
        "--mode=public",
        "--host=127.0.0.1",
        `--threads=${threads}`,
        "--rate-limit=1/h,10",
      ]);
      const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(served.url)));
      expect(statuses.filter((status) => status === 200)).toHaveLength(10);
      const { stdout } = await run([CURL, "-sS", "-D", "-", served.url]);
      expect(stdout).toMatch(/^HTTP\/1\.1 429 /);
      expect(stdout).toMatch(/^retry-after: \d+\r$/im);
      expect(stdout).toMatch(/^ratelimit: /im);
    },
  );
});

describe("the files of keys", () => {
  it("are for their owner alone, and refused when they are not", async () => {
    using operator = new Operator();
    await operator.createKey();
    const file = join(operator.home, "config/tinyhttp/keys.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o640);
    const { code, stderr } = await runProgram(["--mode", "unprivate", "--tls-self-signed"], { env: operator.env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/others may access it \(mode 640\); run: chmod 600 /);
  });

  it("show nothing of a key", async () => {
    using operator = new Operator();
    const key = await operator.createKey("--holder", "ada");
    const file = readFileSync(join(operator.home, "config/tinyhttp/keys.json"), "utf8");
    expect(file).toContain(idOf(key));
    expect(file).not.toContain(key.slice(13, 40));
    const { stdout } = await runProgram(["keys", "list"], { env: operator.env });
    expect(stdout).toMatch(new RegExp(`^${idOf(key)} +ada +active `, "m"));
    expect(stdout).not.toContain(key.slice(13, 40));
  });
});

describe("tinyhttp keys verify", () => {
  it("reads the key from standard input and says whether it works", async () => {
    using operator = new Operator();
    const key = await operator.createKey();
    const verify = (text: string) =>
      run(["sh", "-c", 'printf "%s\\n" "$KEY" | "$@"', "sh", ...PROGRAM, "keys", "verify"], {
        env: { ...operator.env, KEY: text },
      });
    expect((await verify(key)).code).toBe(0);
    expect(await verify(`${key.slice(0, -1)}!`)).toMatchObject({ code: 1, stdout: "" });
    expect((await verify("")).stderr).toBe("This is no key that works: it has not the form of a key\n");
  });
});

describe("one folder, one colleague, one key, over HTTPS", () => {
  it("takes three commands, and the third is on the screen", async () => {
    using operator = new Operator();
    writeFileSync(join(operator.home, "site/a.txt"), "for ada");
    const key = await operator.createKey("--holder", "ada", "--expires", "30d");
    await using served: Served = await operator.serve(["./site", "--mode", "unprivate", "--tls-self-signed"]);
    const [, line = ""] = await served.printed(/^tinyhttp: Elsewhere: (curl .*)$/m, "stderr");
    expect(served.url).toMatch(/^https:/);
    const command = line.replace("KEY", key).replace(/https:\/\/\S+/, `${served.url}a.txt`);
    expect((await run(["sh", "-c", `${command} -sS`])).stdout).toBe("for ada");
    const other = command.replace(/sha256\/\/\S+/, `sha256//${"A".repeat(43)}=`);
    expect((await run(["sh", "-c", `${other} -sS`])).code).toBe(90);
  });
});
