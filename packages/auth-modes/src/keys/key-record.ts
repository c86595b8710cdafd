import type { Scope } from "../authorisation/scope.ts";

/** What is known of a key, other than the key. Times are milliseconds since 1970. */
export interface ApiKey {
  /** 8 characters; part of the key, and safe to show. */
  readonly id: string;
  /** Who has it. A holder has at most two live keys. */
  readonly holder: string;
  readonly description: string;
  readonly scopes: readonly Scope[];
  /** Normalised path prefixes, whole segments at a time. */
  readonly prefixes: readonly string[];
  readonly created: number;
  /** The first moment at which it works; absent: at once. */
  readonly notBefore?: number | undefined;
  /** The first moment at which it works no more; absent: never. */
  readonly expires?: number | undefined;
  /** The first moment at which it works no more because it has a successor. */
  readonly superseded?: number | undefined;
  readonly revoked?: number | undefined;
}

/** A key as it is stored. */
export interface KeyRecord extends ApiKey {
  /** HMAC-SHA-256 of the key's text under the pepper, in base64url. */
  readonly digest: string;
}

export type KeyState = "active" | "pending" | "expired" | "revoked";

/** Whether a key works at `now`, and if not, why. */
export function keyState(key: ApiKey, now: number): KeyState {
  if (key.revoked !== undefined) return "revoked";
  if (now >= Math.min(key.expires ?? Infinity, key.superseded ?? Infinity)) return "expired";
  if (key.notBefore !== undefined && now < key.notBefore) return "pending";
  return "active";
}

/** Whether a key works now or will. */
export function isLive(key: ApiKey, now: number): boolean {
  const state = keyState(key, now);
  return state === "active" || state === "pending";
}
