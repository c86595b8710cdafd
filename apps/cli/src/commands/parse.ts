/** `tinyhttp parse`: what HTTP/1.x bytes from a file or standard input mean, message by message. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { CannotRun, UsageError } from "../failure.ts";
import { withDefaults, type GivenOptions, type Options } from "../options.ts";
import { InputReporter, type InputFacts } from "../parse/input-reporter.ts";
import { reportJson } from "../parse/report-json.ts";
import { reportText } from "../parse/report-text.ts";
import { systemReason } from "../system-reason.ts";
import { isTerminal, STDIN } from "../terminal.ts";

/** Stands for standard input. */
const STANDARD_INPUT = "-";
/** RFC 9110 §9.1, §5.6.2 */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Resolves when everything is printed, or nobody reads it any more. */
export async function parse([file]: readonly string[], given: GivenOptions): Promise<void> {
  const options = withDefaults(given);
  const facts = inputFacts(options);
  if (file === undefined && isTerminal(STDIN)) {
    throw new UsageError("Cannot parse what is typed here: name a file, - for this terminal, or pipe the bytes in");
  }
  const reporter = new InputReporter(facts);
  const form = options.json ? reportJson : reportText;
  const format = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      yield reporter.read(chunk).map(form).join("");
      if (reporter.failed) return;
    }
    yield reporter.end().map(form).join("");
  };
  try {
    await pipeline(readInput(file ?? STANDARD_INPUT), format, process.stdout, { end: false });
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
  if (reporter.failed) process.exitCode = 1;
}

function inputFacts({ request, response, method }: Options): InputFacts {
  if (request && response)
    throw new UsageError("Cannot read as --request and --response at once: leave one of them out");
  if (request && method !== undefined) {
    throw new UsageError(
      "Cannot read requests by --method, which says what responses answer: leave it or --request out",
    );
  }
  const requestMethods = method?.split(",") ?? [];
  const wrong = requestMethods.find((name) => !TOKEN.test(name));
  if (wrong !== undefined) {
    throw new UsageError(`Cannot read the method ${JSON.stringify(wrong)}: write --method as in --method HEAD,GET`);
  }
  if (request) return { kind: "request", requestMethods };
  return { kind: response || method !== undefined ? "response" : undefined, requestMethods };
}

async function* readInput(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === STANDARD_INPUT ? process.stdin : createReadStream(file);
  } catch (error) {
    const name = file === STANDARD_INPUT ? "standard input" : JSON.stringify(file);
    throw new CannotRun(`Cannot read ${name}: ${systemReason(error)}; name a file that can be read`, { cause: error });
  }
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
