/** Every limit of the parsers: unit, default and reason. This file imports nothing. */

/** The most that any one limit may be set to: a head is scanned in a window of fixed size that all parsers share. */
export const HIGHEST_LIMIT = 65_536;
/** Shown in the window at a time: several heads, but not a whole upload. */
export const STEP_BYTES = 4096;
/** What is made into a string byte by byte; it costs less than decoding a section does. */
export const SHORT_TEXT_BYTES = 16;
/** The largest size that is counted exactly. */
export const HIGHEST_SIZE = 9007199254740991;

/** What a parser reads at most. All are counts; a message beyond one of them is refused, never cut. */
export interface ParserLimits {
  /** Bytes of a request line without its CRLF. 8192: what RFC 9112 §3 asks every server to support is 8000. Beyond: 414. */
  readonly maxRequestLineBytes: number;
  /** Bytes of a status line without its CRLF. 8192, as a request line. */
  readonly maxStatusLineBytes: number;
  /** CRLFs skipped before a request line (RFC 9112 §2.2). 8: a client that adds them adds one; endless ones are an attack. */
  readonly maxEmptyLines: number;
  /** Bytes of one field line without its CRLF. 8192: a long Cookie fits; Apache and nginx stop there too. Beyond: 431. */
  readonly maxFieldLineBytes: number;
  /** Bytes of all field lines, the CRLFs between them included. 16384: what Node and HAProxy allow, and all that a slow client can make a server hold. Beyond: 431. */
  readonly maxFieldSectionBytes: number;
  /** Field lines in a header section. 100: browsers send fewer than 30, proxies add about 10. Beyond: 431. */
  readonly maxFieldCount: number;
  /** Bytes of the extensions of one chunk. 256: nothing in use sends any; they only cost time (CVE-2023-39326). */
  readonly maxChunkExtensionBytes: number;
  /** Bytes of all chunk extensions of one message. 4096: one-byte chunks must not carry 256 bytes each without end. */
  readonly maxChunkExtensionTotalBytes: number;
  /** Bytes of all trailer lines, the CRLFs between them included. 8192: a checksum or a signature. Beyond: 431. */
  readonly maxTrailerSectionBytes: number;
  /** Lines of a trailer section. 32. Beyond: 431. */
  readonly maxTrailerCount: number;
  /** 1xx responses before a final one. 32: a handful of Early Hints; endless ones keep a client waiting for ever. */
  readonly maxInterimResponses: number;
}

/** The defaults, each with its reason on {@link ParserLimits}. */
export const DEFAULT_LIMITS: ParserLimits = {
  maxRequestLineBytes: 8192,
  maxStatusLineBytes: 8192,
  maxEmptyLines: 8,
  maxFieldLineBytes: 8192,
  maxFieldSectionBytes: 16_384,
  maxFieldCount: 100,
  maxChunkExtensionBytes: 256,
  maxChunkExtensionTotalBytes: 4096,
  maxTrailerSectionBytes: 8192,
  maxTrailerCount: 32,
  maxInterimResponses: 32,
};

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} A limit is not an integer from 0 to 65536.
 */
export function resolveLimits(limits: Partial<ParserLimits> | undefined): ParserLimits {
  if (limits === undefined) return DEFAULT_LIMITS;
  const resolved = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(resolved) as (keyof ParserLimits)[]) {
    const value = limits[name] ?? resolved[name];
    // Whatever is no such integer is changed by the shift.
    if (value > HIGHEST_LIMIT || value >>> 0 !== value) {
      throw new RangeError(`Cannot limit the parser: expected ${name} from 0 to ${HIGHEST_LIMIT}, got ${value}`);
    }
    resolved[name] = value;
  }
  return resolved;
}
