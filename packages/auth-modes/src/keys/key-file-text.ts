/** The text of a key file. What is not exactly as written here is refused: a limit that is not understood must not be lost. */
import { checkedPrefix } from "../authorisation/path-prefix.ts";
import { isScope } from "../authorisation/scope.ts";
import { KeyFileError } from "./key-file-error.ts";
import type { KeyRecord } from "./key-record.ts";

const TIMES = ["created", "notBefore", "expires", "superseded", "revoked"] as const;
const FIELDS: ReadonlySet<string> = new Set(["id", "digest", "holder", "description", "scopes", "prefixes", ...TIMES]);

/**
 * Reads a key file's text.
 *
 * @throws {KeyFileError} `malformed`, with the place in the file but nothing of its content.
 */
export function parseKeyFile(text: string): readonly KeyRecord[] {
  const file = parseJson(text);
  if (!isObject(file) || file["version"] !== 1 || !Array.isArray(file["keys"])) {
    throw malformed('expected { "version": 1, "keys": [ … ] }');
  }
  const records = file["keys"].map((entry: unknown, index) => recordOf(entry, `keys[${index}]`));
  if (new Set(records.map(({ id }) => id)).size < records.length) throw malformed("two keys have the same id");
  return records;
}

/** The inverse of {@link parseKeyFile}; ends with a line feed. */
export function formatKeyFile(records: readonly KeyRecord[]): string {
  const keys = records.map((record) => ({
    ...record,
    ...Object.fromEntries(TIMES.map((name) => [name, timeText(record[name])])),
  }));
  return `${JSON.stringify({ version: 1, keys }, null, 2)}\n`;
}

function timeText(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text around the error.
    throw malformed("it is not complete JSON");
  }
}

function recordOf(entry: unknown, place: string): KeyRecord {
  if (!isObject(entry)) throw malformed(`${place} is not an object`);
  const unknown = Object.keys(entry).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw malformed(`${place} has a field that is not known here`);
  const created = timeOf(entry, "created", place);
  if (created === undefined) throw malformed(`${place}.created is missing`);
  return {
    id: textOf(entry, "id", place, /^[0-9A-Za-z]{8}$/),
    digest: textOf(entry, "digest", place, /^[\w-]{43}$/),
    holder: textOf(entry, "holder", place, /./),
    description: textOf(entry, "description", place, /^/),
    scopes: listOf(entry, "scopes", place).map((scope) => {
      if (isScope(scope)) return scope;
      throw malformed(`${place}.scopes has a scope that is not known here`);
    }),
    prefixes: listOf(entry, "prefixes", place).map((prefix) => prefixOf(prefix, place)),
    created,
    notBefore: timeOf(entry, "notBefore", place),
    expires: timeOf(entry, "expires", place),
    superseded: timeOf(entry, "superseded", place),
    revoked: timeOf(entry, "revoked", place),
  };
}

function textOf(entry: Record<string, unknown>, name: string, place: string, form: RegExp): string {
  const value = entry[name];
  if (typeof value === "string" && form.test(value)) return value;
  throw malformed(`${place}.${name} is missing or has another form`);
}

function listOf(entry: Record<string, unknown>, name: string, place: string): readonly unknown[] {
  const value = entry[name];
  if (Array.isArray(value)) return value;
  throw malformed(`${place}.${name} is not a list`);
}

function prefixOf(value: unknown, place: string): string {
  try {
    if (typeof value === "string") return checkedPrefix(value);
  } catch {
    // Reported below, without the value.
  }
  throw malformed(`${place}.prefixes has a prefix that is not a normalised path`);
}

function timeOf(entry: Record<string, unknown>, name: string, place: string): number | undefined {
  const value = entry[name];
  if (value === undefined) return undefined;
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw malformed(`${place}.${name} is not a time such as 2027-01-31T00:00:00.000Z`);
  return time;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(reason: string): KeyFileError {
  return new KeyFileError("malformed", `Cannot read the keys: ${reason}`);
}
