import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { needs, PROGRAM, run, Running, type Result } from "./program.ts";
import type { MessageKind } from "../src/parse/message-kind.ts";
import { reportsOf } from "./read-text.ts";

const SCRIPT = "/usr/bin/script";
needs(SCRIPT, "bsdutils");

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

const directory = mkdtempSync(join(tmpdir(), "tinyhttp-parse-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** @param input What stands on standard input. */
function parse(args: readonly string[], input: string): Promise<Result> {
  const running = new Running([...PROGRAM, "parse", ...args], { interactive: true });
  running.child.stdin?.end(input, "latin1");
  return running.ended;
}

describe("tinyhttp parse", () => {
  it.each([[[]], [["-"]]])("reads standard input for %j", async (args) => {
    const { code, stdout, stderr } = await parse(args, GET + GET);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/^request \d.*$/gm)).toEqual([
      "request 1, bytes 0 to 26 (27 bytes)",
      "request 2, bytes 27 to 53 (27 bytes)",
    ]);
  });

  it("reads a file of many chunks, and prints every message as JSON", async () => {
    const file = join(directory, "many");
    writeFileSync(file, GET.repeat(10_000));
    const { code, stdout } = await parse(["--json", file], "");
    const lines = stdout.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines).toHaveLength(10_000);
    expect(JSON.parse(lines[9_999] ?? "")).toMatchObject({ number: 10_000, begin: 269_973, end: 270_000 });
  });

  it("reads responses as answers to the methods", async () => {
    const { code, stdout } = await parse(
      ["--method", "HEAD,GET"],
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    );
    expect(code).toBe(0);
    expect(stdout.match(/framing.*|body .*/g)).toEqual([
      "framing     no body (RFC 9112 §6.3 step 1: answer to HEAD)",
      "body        0 bytes",
      "framing     Content-Length 2 (RFC 9112 §6.3 step 6)",
      "body        2 bytes",
    ]);
  });

  it("ends with 1 at a byte that is wrong, behind the messages before it", async () => {
    const { code, stdout, stderr } = await parse([], `${GET}GET / HTTP/1.1\nHost: a\r\n\r\n`);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toContain("request 1, bytes 0 to 26 (27 bytes)\n");
    const lines = stdout.split("\n");
    const caret = lines.findIndex((line) => /^ *\^$/.test(line));
    expect(lines[caret - 1]?.slice(lines[caret]?.indexOf("^"))).toBe(String.raw`\nHost: a\r\n\r\n`);
    expect(stdout).toContain("  malformed at byte 41: ");
  });

  it("does not wait for the rest of an input that is broken", async () => {
    const running = new Running([...PROGRAM, "parse"], { interactive: true });
    running.type("GET / HTTP/9\r\n\r\n");
    await running.printed(/malformed/);
    expect((await running.ended).code).toBe(1);
  });

  it("ends with 1 when the input ends in the middle of a message", async () => {
    const { code, stdout } = await parse([], "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
    expect(code).toBe(1);
    expect(stdout).toContain("incomplete: the input ends at byte 39 (RFC 9112 §8) without 2 of 3 bytes of the body\n");
  });

  it.each([
    ["--request", "HTTP/1.1 200 OK\r\n\r\n", /^request 1, from byte 0\n\n {2}malformed at byte 4: method-invalid /],
    ["--response", GET, /^response 1, from byte 0\n\n {2}malformed at byte 0: /],
  ])("believes %s more than the first bytes", async (option, input, report) => {
    const { code, stdout } = await parse([option], input);
    expect(code).toBe(1);
    expect(stdout).toMatch(report);
  });

  it("does not mind a reader that goes away", async () => {
    const file = join(directory, "endless");
    writeFileSync(file, GET.repeat(50_000));
    // Without --norc a bash whose input is a socket may read the user's start-up file.
    const command = [
      "bash",
      "--norc",
      "-c",
      '"$@" | head -n 1; echo "${PIPESTATUS[0]}"',
      "bash",
      ...PROGRAM,
      "parse",
      file,
    ];
    expect(await run(command)).toMatchObject({ stdout: "request 1, bytes 0 to 26 (27 bytes)\n0\n", stderr: "" });
  });

  it.each([
    ["./none", 'Cannot read "./none": there is no such file or directory; name a file that can be read'],
    ["/", 'Cannot read "/": it is a directory; name a file that can be read'],
  ])("ends with 1 and a sentence for %s", async (file, sentence) => {
    expect(await parse([file], "")).toMatchObject({ code: 1, stdout: "", stderr: `tinyhttp: ${sentence}\n` });
  });

  it.each([
    [["--request", "--response"], "Cannot read as --request and --response at once: leave one of them out"],
    [["--request", "--method", "GET"], "Cannot read requests by --method, which says what responses answer"],
    [["--method", "GET,,HEAD"], 'Cannot read the method "": write --method as in --method HEAD,GET'],
    [["--port", "1"], "The command parse has no option --port, which is for tinyhttp serve; leave it out"],
    [["a", "b"], 'Cannot tell what "b" is for: write tinyhttp parse [file]'],
  ])("ends with 2 and a sentence for %j", async (args, sentence) => {
    const { code, stdout, stderr } = await parse(args, GET);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^tinyhttp: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });

  it("asks for a file when a person would have to type the bytes", async () => {
    const words = [...PROGRAM, "parse"].map((word) => `'${word}'`).join(" ");
    const { code, stdout } = await run([SCRIPT, "-qec", words, "/dev/null"]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^tinyhttp: Cannot parse what is typed here: name a file, [^\n]+\r\n$/);
  });
});

interface Vector {
  readonly id: string;
  readonly kind: MessageKind;
  /** One character per byte. */
  readonly raw: string;
  readonly request_method?: string;
  readonly expect: { readonly outcome: string; readonly messages: readonly VectorMessage[] };
}

interface VectorMessage {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly trailers: readonly (readonly [string, string])[];
  readonly keepAlive: boolean;
}

describe("the conformance vectors", () => {
  const path = new URL("../../../conformance/vectors/http1-vectors.json", import.meta.url);
  const vectors = JSON.parse(readFileSync(path, "utf8")) as Vector[];

  it.each([[Infinity], [1]])("are read as they should be, %d bytes at a time", (pieceBytes) => {
    for (const { id, kind, raw, request_method: method, expect: expected } of vectors) {
      const reports = reportsOf(raw, method === undefined ? [] : [method], pieceBytes, kind);
      const whole = reports.filter((report) => report.kind !== "other-protocol" && report.fault === undefined);
      const outcome = whole.length === reports.length ? "accept" : outcomeOf(reports.at(-1));
      expect({ id, outcome }).toEqual({ id, outcome: expected.outcome });
      const messages = expected.messages.map(({ headers, body, trailers, keepAlive }) => ({
        head: { fields: headers, persistence: { keepAlive } },
        bodyLength: body.length,
        trailers,
      }));
      expect(whole, id).toMatchObject(messages);
    }
  });
});

function outcomeOf(report: ReturnType<typeof reportsOf>[number] | undefined): string | undefined {
  if (report === undefined || report.kind === "other-protocol") return "accept";
  if (report.fault === undefined) return "accept";
  return report.fault.error.code === "message-incomplete" ? "incomplete" : "reject";
}
