/** Says when certificates are about to end: once when a fortnight is left, when a day is, and when they have ended. */
import { X509Certificate } from "node:crypto";

const DAY_MS = 86_400_000;
const FORTNIGHT_MS = 14 * DAY_MS;
/** Of one that lives for weeks only, a fortnight is no news. */
const PART_OF_LIFE = 1 / 3;

type Stage = "good" | "ends-soon" | "ends-within-a-day" | "ended";

export class ExpiryNotices {
  readonly #say: (sentence: string) => void;
  /** What was last said of each certificate, by its fingerprint. */
  readonly #said = new Map<string, Stage>();

  constructor(say: (sentence: string) => void) {
    this.#say = say;
  }

  /**
   * @param pem The certificate, and possibly its chain behind it.
   * @param now Milliseconds since 1970.
   */
  look(pem: string, now: number): void {
    const certificate = new X509Certificate(pem);
    const stage = stageOf(certificate, now);
    const said = this.#said.get(certificate.fingerprint256) ?? "good";
    if (stage === said) return;
    this.#said.set(certificate.fingerprint256, stage);
    const names = certificate.subjectAltName ?? certificate.subject;
    const ends = stage === "ended" ? "has ended, and clients refuse it" : "is about to end";
    this.#say(`The certificate for ${names} ${ends} (${certificate.validTo}): renew it; a new one is taken by itself`);
  }
}

function stageOf({ validFromDate, validToDate }: X509Certificate, now: number): Stage {
  const left = validToDate.getTime() - now;
  if (left <= 0) return "ended";
  const life = validToDate.getTime() - validFromDate.getTime();
  if (left > Math.min(FORTNIGHT_MS, life * PART_OF_LIFE)) return "good";
  return left <= DAY_MS ? "ends-within-a-day" : "ends-soon";
}
