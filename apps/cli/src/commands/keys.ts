/** `tinyhttp keys …`: makes, lists, replaces, ends and checks API keys in the file that servers read. */
import {
  createKey,
  listKeys,
  revokeKey,
  rotateKey,
  SCOPES,
  verifyKey,
  type CreatedKey,
  type Scope,
  type SecurityEventSink,
} from "@tinyhttp/auth-modes";
import { configure } from "../configuration/configuration.ts";
import { defaultKeyFile } from "../directories.ts";
import { CannotRun, UsageError } from "../failure.ts";
import { keyReport } from "../keys/key-report.ts";
import { keyTable } from "../keys/key-table.ts";
import { readMoment, readSpan } from "../keys/when.ts";
import { optionsIn, type GivenOptions, type OptionName, type Options } from "../options.ts";
import { openSecurityLog } from "../security-log.ts";
import { isTerminal, say, STDERR, STDIN, STDOUT } from "../terminal.ts";

// Longer than any key, so that a file that is piped in by mistake is not read to its end.
const MAX_INPUT_LENGTH = 4096;

/** @throws {CannotRun} The file cannot be used; {@link UsageError} a value does not fit. */
export function createKeyCommand(_: readonly string[], typed: GivenOptions): Promise<void> {
  return onKeyFile(typed, async (file, options, onSecurityEvent) => {
    const now = Date.now();
    const created = await createKey(file, {
      holder: options.holder,
      description: options.description,
      scopes: readScopes(options.scope),
      prefixes: options.path,
      expires: momentOf("--expires", options.expires, now),
      notBefore: momentOf("--not-before", options["not-before"], now),
      onSecurityEvent,
    });
    showKey(created, options);
  });
}

export function listKeysCommand(_: readonly string[], typed: GivenOptions): Promise<void> {
  return onKeyFile(typed, (file, { json }) => {
    const keys = listKeys(file);
    if (json) say(STDOUT, JSON.stringify(keys, withTimes, 2));
    else if (keys.length > 0) say(STDOUT, keyTable(keys));
    else say(STDERR, `There are no keys in ${file}; make one with tinyhttp keys create`);
  });
}

export function rotateKeyCommand([id = ""]: readonly string[], typed: GivenOptions): Promise<void> {
  return onKeyFile(typed, async (file, options, onSecurityEvent) => {
    const overlapMs = readSpan("--overlap", options.overlap);
    showKey(await rotateKey(file, id, { overlapMs, onSecurityEvent }), options);
  });
}

export function revokeKeyCommand([id = ""]: readonly string[], typed: GivenOptions): Promise<void> {
  return onKeyFile(typed, async (file, options, onSecurityEvent) => {
    await revokeKey(file, id, { onSecurityEvent });
    if (options.json) say(STDOUT, JSON.stringify({ id, state: "revoked" }));
    else say(STDERR, `Key ${id} has ended; running servers refuse it from the next request on`);
  });
}

/** The key comes by standard input: other users of a machine can read what was typed behind a command. */
export function verifyKeyCommand(words: readonly string[], typed: GivenOptions): Promise<void> {
  return onKeyFile(typed, async (file, { json }) => {
    if (isTerminal(STDIN)) say(STDERR, "Paste the key, then press enter:");
    const verdict = verifyKey(file, await readLine());
    if (json) say(STDOUT, JSON.stringify(verdict, withTimes, 2));
    else if (verdict.ok) say(STDOUT, keyTable([{ ...verdict.key, state: "active" }]));
    else say(STDERR, `This is no key that works: ${REFUSALS[verdict.reason]}`);
    if (!verdict.ok) process.exitCode = 1;
  });
}

const REFUSALS = {
  malformed: "it has not the form of a key",
  checksum: "it was mistyped or cut, as its checksum says",
  unknown: "it is not in the file",
  revoked: "it was revoked",
  expired: "it has expired",
  pending: "its time has not yet come",
} as const;

/** Options that say where keys are and what is told of changes; a server reads them in the same places. */
const SHARED_OPTIONS: readonly OptionName[] = ["key-file", "security-log", "config"];

type KeyWork = (file: string, options: Options, onSecurityEvent: SecurityEventSink) => void | Promise<void>;

async function onKeyFile(typed: GivenOptions, work: KeyWork): Promise<void> {
  const names = [...SHARED_OPTIONS, ...optionsIn("keys", "output")];
  const { options } = await configure(typed, names, process.env);
  const log = openSecurityLog(options);
  try {
    await work(options["key-file"] ?? defaultKeyFile(process.env), options, log.onSecurityEvent);
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(cause.message, { cause });
    if (cause instanceof Error && (cause.name === "KeyFileError" || cause.name === "PrivateFileError")) {
      throw new CannotRun(cause.message, { cause });
    }
    throw cause;
  } finally {
    await log.close();
  }
}

function momentOf(writtenAs: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const moment = readMoment(writtenAs, text, now);
  if (moment > now || writtenAs !== "--expires") return moment;
  throw new UsageError(
    `Cannot make a key that ended before it began: ${JSON.stringify(text)} is over; write a later --expires`,
  );
}

function readScopes(words: readonly string[]): readonly Scope[] {
  // As lists of keys show them: read,list.
  return words
    .flatMap((word) => word.split(","))
    .map((word) => {
      const scope = SCOPES.find((known) => known === word);
      if (scope !== undefined) return scope;
      throw new UsageError(`Cannot read --scope ${JSON.stringify(word)}: write one of ${SCOPES.join(", ")}`);
    });
}

/** A program that reads standard output gets the key alone. */
function showKey(created: CreatedKey, { json }: Options): void {
  if (json) say(STDOUT, JSON.stringify({ ...created.key, text: created.text.reveal() }, withTimes, 2));
  else say(STDOUT, isTerminal(STDOUT) ? keyReport(created) : created.text.reveal());
}

const TIMES = new Set(["created", "notBefore", "expires", "revoked", "lastUsed"]);

function withTimes(name: string, value: unknown): unknown {
  return typeof value === "number" && TIMES.has(name) ? new Date(value).toISOString() : value;
}

async function readLine(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8") as AsyncIterable<string>) {
    text += chunk;
    if (text.includes("\n") || text.length > MAX_INPUT_LENGTH) break;
  }
  process.stdin.destroy();
  return (text.split("\n", 1)[0] ?? "").trim();
}
