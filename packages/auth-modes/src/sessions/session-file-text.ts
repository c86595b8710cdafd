/** The text of a session file. */
import type { SessionRecord } from "./session.ts";

/** @throws {SyntaxError} Not a whole session file. Nothing of the text is quoted. */
export function parseSessionFile(text: string): readonly SessionRecord[] {
  const file = parseJson(text);
  if (!isObject(file) || file["version"] !== 1 || !Array.isArray(file["sessions"])) throw malformed();
  return file["sessions"].map(recordOf);
}

/** The inverse of {@link parseSessionFile}. */
export function formatSessionFile(sessions: readonly SessionRecord[]): string {
  const entries = sessions.map((session) => ({ ...session, ...timesOf(session) }));
  return `${JSON.stringify({ version: 1, sessions: entries }, null, 2)}\n`;
}

function timesOf({ created, seen }: SessionRecord): { readonly created: string; readonly seen: string } {
  return { created: new Date(created).toISOString(), seen: new Date(seen).toISOString() };
}

function recordOf(entry: unknown): SessionRecord {
  if (!isObject(entry)) throw malformed();
  const { id, digest, keyId, holder } = entry;
  const created = Date.parse(String(entry["created"]));
  const seen = Date.parse(String(entry["seen"]));
  const isWhole = [id, digest, keyId, holder].every((value) => typeof value === "string" && value !== "");
  if (!isWhole || Number.isNaN(created) || Number.isNaN(seen)) throw malformed();
  return { id, digest, keyId, holder, created, seen } as SessionRecord;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(): SyntaxError {
  return new SyntaxError('Cannot read the sessions: expected { "version": 1, "sessions": [ … ] } with whole entries');
}
