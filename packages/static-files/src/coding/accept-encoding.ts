/** `Accept-Encoding` (RFC 9110 §12.5.3): how much a client wants each content coding. Pure. */

/** What a client said about codings; made by {@link parseAcceptEncoding}. */
export class AcceptedCodings {
  readonly #qualities: ReadonlyMap<string, number>;
  /**
   * The weight of sending the content uncoded. Not mentioned, that is acceptable but worse than every coding that was
   * asked for; only `identity;q=0`, or `*;q=0` without an identity of its own, forbids it.
   */
  readonly identityQuality: number;

  constructor(qualities: ReadonlyMap<string, number>) {
    this.#qualities = qualities;
    const unnamed = qualities.get("*") === 0 ? 0 : LEAST_QUALITY / 2;
    this.identityQuality = qualities.get("identity") ?? unnamed;
  }

  /** The weight of a content coding, 0 (not acceptable) to 1. */
  quality(coding: string): number {
    return this.#qualities.get(coding) ?? this.#qualities.get("*") ?? 0;
  }
}

// weight = OWS ";" OWS "q=" qvalue, with at most three decimals.
const LEAST_QUALITY = 0.001;
const CODING = /^([!#$%&'*+\-.^_`|~\w]+)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * Reads an `Accept-Encoding` value. A member that is malformed is left out, as if it had not been sent.
 *
 * @param fieldValue `undefined` when the request has no such field. RFC 9110 would then allow every coding; a client
 *   that says nothing is a plain one, so here it gets the content uncoded.
 */
export function parseAcceptEncoding(fieldValue: string | undefined): AcceptedCodings {
  const qualities = new Map<string, number>();
  for (const member of fieldValue?.split(",") ?? []) {
    const match = CODING.exec(member.trim());
    if (match === null) continue;
    const coding = (match[1] ?? "").toLowerCase();
    // RFC 9110 §8.4.1.3: x-gzip is gzip.
    qualities.set(coding === "x-gzip" ? "gzip" : coding, match[2] === undefined ? 1 : Number(match[2]));
  }
  return new AcceptedCodings(qualities);
}
