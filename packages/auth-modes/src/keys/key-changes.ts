/** What can be done to a list of keys: from one list to the next, without clock, file or randomness. */
import { KeyFileError } from "./key-file-error.ts";
import { isLive, type KeyRecord } from "./key-record.ts";

// One in use and its successor.
const MAX_LIVE_KEYS = 2;

/**
 * Adds a key.
 *
 * @throws {KeyFileError} `too-many-live-keys` when the holder would have three; `bad-time` when it could never work.
 */
export function addKey(records: readonly KeyRecord[], added: KeyRecord): readonly KeyRecord[] {
  const from = added.notBefore ?? added.created;
  if (added.expires !== undefined && added.expires <= from) {
    throw new KeyFileError("bad-time", "Cannot create a key: it would expire before it works; expected a later expiry");
  }
  const live = records.filter((record) => record.holder === added.holder && isLive(record, added.created));
  if (live.length >= MAX_LIVE_KEYS) {
    const ids = live.map(({ id }) => id).join(" and ");
    throw new KeyFileError(
      "too-many-live-keys",
      `Cannot create a key for ${JSON.stringify(added.holder)}: ${ids} are still live; revoke one of them first`,
    );
  }
  return [...records, added];
}

/**
 * Puts a successor beside a live key, which works no more from `superseded` on, or from before.
 *
 * @throws {KeyFileError} As {@link addKey}; `unknown-key`, `not-live`.
 */
export function rotateKey(
  records: readonly KeyRecord[],
  id: string,
  successor: KeyRecord,
  superseded: number,
): readonly KeyRecord[] {
  const old = findKey(records, id);
  if (!isLive(old, successor.created)) {
    throw new KeyFileError("not-live", `Cannot rotate the key ${id}: it works no more; create a new one`);
  }
  const end = Math.min(old.superseded ?? Infinity, superseded);
  return addKey(records, successor).map((record) => (record.id === id ? { ...record, superseded: end } : record));
}

/**
 * Ends a key at once. One that was revoked before keeps its first time.
 *
 * @throws {KeyFileError} `unknown-key`.
 */
export function revokeKey(records: readonly KeyRecord[], id: string, now: number): readonly KeyRecord[] {
  const { revoked = now } = findKey(records, id);
  return records.map((record) => (record.id === id ? { ...record, revoked } : record));
}

/** @throws {KeyFileError} `unknown-key`. */
export function findKey(records: readonly KeyRecord[], id: string): KeyRecord {
  const found = records.find((record) => record.id === id);
  if (found !== undefined) return found;
  throw new KeyFileError("unknown-key", `Cannot find the key ${JSON.stringify(id)}: expected the id of a listed key`);
}
