import type { ApiKey } from "../keys/key-record.ts";
import type { Secret } from "../secrets/secret.ts";
import type { Session } from "./session.ts";

/** The sessions that a policy asks. */
export interface SessionStore {
  /** The session with this token, if it is not over; this use of it is noted. */
  find(token: string, now: number): Session | undefined;
  /** Begins a session for the holder of a key. The token exists nowhere else. */
  begin(key: ApiKey, now: number): Promise<{ readonly token: Secret; readonly session: Session }>;
  /** Ends a session; `false` when there is none with this id. */
  end(id: string): Promise<boolean>;
  /** Those that are not over. Whether their keys still work, only the keys know. */
  list(now: number): readonly Session[];
  /** Writes what is known of last uses. The store can be used on. */
  close(): Promise<void>;
}
