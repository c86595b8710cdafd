/** A browser's session: what it is, and what can happen to a list of them. Without clock, file or randomness. */

/** What is known of a session, other than its token. Times are milliseconds since 1970. */
export interface Session {
  /** 8 characters; safe to show. */
  readonly id: string;
  /** The key that it was begun with, and ends with. */
  readonly keyId: string;
  readonly holder: string;
  readonly created: number;
  /** When it was last used, to the minute. */
  readonly seen: number;
}

/** A session as it is stored. */
export interface SessionRecord extends Session {
  /** SHA-256 of the token, in base64url. A token is random, so there is nothing to guess from it. */
  readonly digest: string;
}

/** How long sessions last, and how many there are. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
  readonly maxPerHolder: number;
}

/** Whether a session is over. */
export function isOver(session: Session, now: number, limits: SessionLimits): boolean {
  return now - session.seen >= limits.idleMs || now - session.created >= limits.absoluteMs;
}

/** Adds a session. Those that are over go; so do the oldest of a holder who has too many. */
export function addSession(
  records: readonly SessionRecord[],
  added: SessionRecord,
  limits: SessionLimits,
): readonly SessionRecord[] {
  const current = records.filter((record) => !isOver(record, added.created, limits));
  const own = current.filter(({ holder }) => holder === added.holder).sort((a, b) => a.created - b.created);
  const ended = new Set(own.slice(0, Math.max(0, own.length + 1 - limits.maxPerHolder)));
  return [...current.filter((record) => !ended.has(record)), added];
}

/** Moves the last use of sessions forward; a session that has ended meanwhile stays ended. */
export function touchSessions(
  records: readonly SessionRecord[],
  seen: ReadonlyMap<string, number>,
): readonly SessionRecord[] {
  return records.map((record) => ({ ...record, seen: Math.max(record.seen, seen.get(record.id) ?? 0) }));
}
