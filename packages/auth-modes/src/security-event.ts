/** What happened, as records that an audit log can take as they are. No field ever holds a secret. */

/** What kind of thing happened. */
export type SecurityEventName =
  /** A request was refused because of where it came from or where it was addressed to. */
  | "admission"
  /** A credential was missing or wrong. */
  | "authentication"
  /** A known caller asked for more than it may. */
  | "authorization"
  /** A limit was reached. */
  | "rate-limit"
  | "login"
  | "logout"
  | "session-ended"
  | "key-created"
  | "key-rotated"
  | "key-revoked"
  /** The key or session file was read again, or could not be. */
  | "file-loaded"
  | "file-rejected"
  /** For programs: the mode and configuration that a server started with. */
  | "started";

/** One record. `time` is RFC 3339 in UTC, to the millisecond. */
export interface SecurityEvent {
  readonly time: string;
  readonly event: SecurityEventName;
  readonly outcome: "success" | "failure";
  /** A stable word or a short sentence: why. */
  readonly reason?: string | undefined;
  readonly mode?: string | undefined;
  /** Which key, certificate or session; never the key itself. */
  readonly keyId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Of the client, as {@link clientAddress} found it. */
  readonly address?: string | undefined;
  readonly method?: string | undefined;
  /** Decoded and normalised, without the query, at most 1024 characters; absent when the target has no such path. */
  readonly path?: string | undefined;
  /** Which rule decided. */
  readonly rule?: string | undefined;
}

/** Takes records. Called synchronously, so it should hand on what takes long; what it throws is not caught. */
export type SecurityEventSink = (event: SecurityEvent) => void;
