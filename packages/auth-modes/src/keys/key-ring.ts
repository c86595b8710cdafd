import { ownText } from "../own-text.ts";
import type { Secret } from "../secrets/secret.ts";
import { isSameDigest, keyDigest } from "./key-digest.ts";
import { type ApiKey, isLive, type KeyRecord, keyState } from "./key-record.ts";
import { parseKey } from "./key-text.ts";

/** The keys that a policy asks. */
export interface KeyRing {
  /** How many keys work now or will. */
  readonly size: number;
  /**
   * Whether a text is a key that works.
   *
   * @param now Milliseconds since 1970.
   */
  verify(text: string, now: number): KeyVerdict;
  /** The key with this id, if it works at `now`. */
  find(id: string, now: number): ApiKey | undefined;
  /** Writes what is known of last uses. The ring can be used on. */
  close(): Promise<void>;
}

/** Why a text is no key that works. A client is told none of it. */
export type KeyRefusal = "malformed" | "checksum" | "unknown" | "revoked" | "expired" | "pending";

export type KeyVerdict =
  | { readonly ok: true; readonly key: ApiKey }
  | { readonly ok: false; readonly reason: KeyRefusal; readonly id?: string | undefined };

// What an id that nobody has is compared with. No digest of a key is all zeros.
const NO_DIGEST = Buffer.alloc(32);
// A key is 62 characters; more of a longer text need not be digested to know that it is none.
const MAX_DIGESTED = 256;
// One entry is about 200 bytes. More keys than this in use at a time are verified again and again, at 6 µs each.
const MAX_VERIFIED = 4096;

interface StoredKey {
  readonly key: ApiKey;
  readonly digest: Buffer;
}

/**
 * The keys of one version of a key file.
 *
 * Keys that were found right are remembered by their text, so that the next request costs a look-up (0.05 µs) and
 * not an HMAC (2 to 6 µs). That look-up tells no time: the engine compares the hash codes of two texts, seeded per
 * process, before it compares any character. Only right keys are remembered, and all are forgotten with the version.
 */
export class KeySet {
  readonly #pepper: Secret;
  readonly #keys = new Map<string, StoredKey>();
  readonly #verified = new Map<string, Extract<KeyVerdict, { ok: true }>>();

  constructor(records: readonly KeyRecord[], pepper: Secret) {
    this.#pepper = pepper;
    for (const { digest, ...key } of records) {
      this.#keys.set(key.id, { key: Object.freeze(key), digest: Buffer.from(digest, "base64url") });
    }
  }

  liveAt(now: number): number {
    let live = 0;
    for (const { key } of this.#keys.values()) if (isLive(key, now)) live += 1;
    return live;
  }

  verify(text: string, now: number): KeyVerdict {
    const known = this.#verified.get(text);
    const verdict = known ?? this.#compare(text);
    if (!verdict.ok) return verdict;
    const state = keyState(verdict.key, now);
    if (state !== "active") return { ok: false, reason: state, id: verdict.key.id };
    if (known === undefined) this.#remember(text, verdict);
    return verdict;
  }

  find(id: string, now: number): ApiKey | undefined {
    const key = this.#keys.get(id)?.key;
    return key !== undefined && keyState(key, now) === "active" ? key : undefined;
  }

  // The same work for every text: one digest and one comparison, whether or not there is such an id.
  #compare(text: string): KeyVerdict {
    const parsed = parseKey(text);
    const stored = parsed.ok ? this.#keys.get(parsed.id) : undefined;
    const digest = keyDigest(this.#pepper, text.slice(0, MAX_DIGESTED));
    const isRight = isSameDigest(digest, stored?.digest ?? NO_DIGEST);
    if (!parsed.ok) return parsed;
    return isRight && stored !== undefined
      ? { ok: true, key: stored.key }
      : { ok: false, reason: "unknown", id: parsed.id };
  }

  #remember(text: string, verdict: Extract<KeyVerdict, { ok: true }>): void {
    if (this.#verified.size >= MAX_VERIFIED) this.#verified.clear();
    this.#verified.set(ownText(text), verdict);
  }
}
