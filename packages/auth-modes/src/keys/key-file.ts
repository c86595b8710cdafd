/** What an administrator does with a key file. Each change is one locked, atomic replacement of it. */
import { checkedPrefix } from "../authorisation/path-prefix.ts";
import { checkedScopes, type Scope } from "../authorisation/scope.ts";
import { changeFile } from "../files/change-file.ts";
import { PrivateFileError, readPrivateFile } from "../secrets/private-file.ts";
import { Secret } from "../secrets/secret.ts";
import type { SecurityEventName, SecurityEventSink } from "../security-event.ts";
import { addKey, findKey, revokeKey as revokeIn, rotateKey as rotateIn } from "./key-changes.ts";
import { keyDigest } from "./key-digest.ts";
import { formatKeyFile, parseKeyFile } from "./key-file-text.ts";
import { type ApiKey, type KeyRecord, type KeyState, keyState } from "./key-record.ts";
import { KeySet, type KeyVerdict } from "./key-ring.ts";
import { randomId, randomKey } from "./key-text.ts";
import { readLastUses } from "./last-uses.ts";
import { MAX_KEY_FILE_BYTES } from "./open-key-file.ts";
import { createPepper, readPepper } from "./pepper.ts";

const DAY_MS = 86_400_000;

/** What all functions on a key file take. */
export interface KeyFileOptions {
  /** Default: the content of `<path>.pepper`, which is made together with the key file. */
  readonly pepper?: Secret | undefined;
  readonly onSecurityEvent?: SecurityEventSink | undefined;
  /** Milliseconds since 1970. Default `Date.now()`. */
  readonly now?: number | undefined;
}

/** What a new key is for. */
export interface NewKey extends KeyFileOptions {
  /** Who gets it; at most two live keys each. Default: the key's own id, so that it is alone. */
  readonly holder?: string | undefined;
  readonly description?: string | undefined;
  /** Default `["read", "list"]`. */
  readonly scopes?: readonly Scope[] | undefined;
  /** Below which paths. Default `["/"]`. */
  readonly prefixes?: readonly string[] | undefined;
  /** Milliseconds since 1970: the first moment at which it works. Default: at once. */
  readonly notBefore?: number | undefined;
  /** Milliseconds since 1970: the first moment at which it works no more. Default: never. */
  readonly expires?: number | undefined;
}

/** A key that was just made. Its text exists nowhere else: show it once. */
export interface CreatedKey {
  readonly key: ApiKey;
  readonly text: Secret;
}

/** A key as it is listed. */
export interface ListedKey extends ApiKey {
  readonly state: KeyState;
  /** Milliseconds since 1970, to the minute; absent when it was never used. */
  readonly lastUsed?: number | undefined;
}

/**
 * Makes a key, and the key file and its directory where they are missing.
 *
 * @throws {KeyFileError} `too-many-live-keys`, `bad-time`, `malformed`, `pepper-missing`.
 * @throws {FileLockedError}
 * @throws {PrivateFileError} The key file or its pepper is not private.
 * @throws {TypeError} A scope or prefix that does not exist.
 */
export async function createKey(path: string, options: NewKey = {}): Promise<CreatedKey> {
  const { holder, description = "", scopes = ["read", "list"], prefixes = ["/"], notBefore, expires } = options;
  const rights = { scopes: checkedScopes(scopes), prefixes: prefixes.map(checkedPrefix), notBefore, expires };
  const now = options.now ?? Date.now();
  const created = await change(path, options, (records, pepper) => {
    const id = freeId(records);
    const made = makeKey({ id, holder: holder ?? id, created: now, description, ...rights }, pepper);
    return { records: addKey(records, made.record), result: made.created };
  });
  tell(options, "key-created", created.key.id);
  return created;
}

/** When the key that is replaced ends. */
export interface RotateOptions extends KeyFileOptions {
  /** Milliseconds for which the old key still works. Default one day; 0 ends it at once. */
  readonly overlapMs?: number | undefined;
}

/**
 * Makes a successor with the same rights. The old key ends after an overlap; a limited lifetime starts anew. The
 * successor of a key that does not work yet begins with it.
 *
 * @throws {KeyFileError} `unknown-key`, `not-live`, and as {@link createKey}.
 */
export async function rotateKey(path: string, id: string, options: RotateOptions = {}): Promise<CreatedKey> {
  const now = options.now ?? Date.now();
  const created = await change(path, options, (records, pepper) => {
    const old = withoutDigest(findKey(records, id));
    const made = makeKey({ ...successorOf(old, now), id: freeId(records) }, pepper);
    const rotated = rotateIn(records, id, made.record, now + (options.overlapMs ?? DAY_MS));
    return { records: rotated, result: made.created };
  });
  tell(options, "key-rotated", id, `replaced by ${created.key.id}`);
  return created;
}

/**
 * Ends a key. Running servers refuse it, and its sessions, from the next request on.
 *
 * @throws {KeyFileError} `unknown-key`, `malformed`.
 * @throws {FileLockedError}
 */
export async function revokeKey(path: string, id: string, options: KeyFileOptions = {}): Promise<void> {
  const now = options.now ?? Date.now();
  await change(path, options, (records) => ({ records: revokeIn(records, id, now), result: undefined }));
  tell(options, "key-revoked", id);
}

/** All keys of a file, in the order in which they were made; none when there is no file. */
export function listKeys(path: string, options: KeyFileOptions = {}): readonly ListedKey[] {
  const now = options.now ?? Date.now();
  const lastUses = readLastUses(path);
  return readRecords(path).map((record) => {
    const key = withoutDigest(record);
    return { ...key, state: keyState(key, now), lastUsed: lastUses.get(key.id) };
  });
}

/** Whether a text is a key of this file that works, and if not, why. */
export function verifyKey(path: string, text: string, options: KeyFileOptions = {}): KeyVerdict {
  const pepper = options.pepper ?? readPepper(path);
  return new KeySet(readRecords(path), pepper).verify(text, options.now ?? Date.now());
}

interface Changed<Result> {
  readonly records: readonly KeyRecord[];
  readonly result: Result;
}

async function change<Result>(
  path: string,
  options: KeyFileOptions,
  decide: (records: readonly KeyRecord[], pepper: Secret) => Changed<Result>,
): Promise<Result> {
  return changeFile(path, async () => {
    const before = readRecords(path);
    if (options.pepper === undefined && before.length === 0) await createPepper(path);
    const { records, result } = decide(before, options.pepper ?? readPepper(path));
    return { text: formatKeyFile(records), result };
  });
}

function readRecords(path: string): readonly KeyRecord[] {
  try {
    return parseKeyFile(readPrivateFile(path, MAX_KEY_FILE_BYTES).text);
  } catch (error) {
    if (error instanceof PrivateFileError && error.code === "not-found") return [];
    throw error;
  }
}

function successorOf(old: ApiKey, now: number): ApiKey {
  const { created, notBefore = created, expires } = old;
  const from = Math.max(notBefore, now);
  return {
    ...old,
    created: now,
    notBefore: from > now ? from : undefined,
    expires: expires === undefined ? undefined : from + expires - notBefore,
    superseded: undefined,
  };
}

function withoutDigest(record: KeyRecord): ApiKey {
  const { digest: _digest, ...key } = record;
  return key;
}

function freeId(records: readonly KeyRecord[]): string {
  const id = randomId();
  return records.some((record) => record.id === id) ? freeId(records) : id;
}

function makeKey(key: ApiKey, pepper: Secret): { readonly record: KeyRecord; readonly created: CreatedKey } {
  const text = randomKey(key.id);
  const digest = keyDigest(pepper, text).toString("base64url");
  return { record: { ...key, digest }, created: { key, text: new Secret(text) } };
}

function tell(options: KeyFileOptions, event: SecurityEventName, keyId: string, reason?: string): void {
  options.onSecurityEvent?.({ time: new Date().toISOString(), event, outcome: "success", keyId, reason });
}
