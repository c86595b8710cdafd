/** Which content coding to send (RFC 9110 §8.4, §12.5.3). Pure: what is on offer comes in, a choice goes out. */
import type { AcceptedCodings } from "./accept-encoding.ts";

export type ContentCoding = "br" | "zstd" | "gzip";

/** Best first, where a client likes several equally: the order of how small they make text. */
export const CONTENT_CODINGS: readonly ContentCoding[] = ["br", "zstd", "gzip"];

/** What a file compressed ahead of time has behind the name of the original. */
export const SIDECAR_SUFFIXES: Readonly<Record<ContentCoding, string>> = { br: ".br", zstd: ".zst", gzip: ".gz" };

/** One coding that a file can be sent in. */
export interface CodingOffer {
  readonly coding: ContentCoding;
  /** Whether it lies ready beside the file, against being made now. */
  readonly ready: boolean;
}

/** An offer, `identity` (send the content uncoded), or `none` when the client accepts nothing that is there. */
export type CodingChoice = CodingOffer | "identity" | "none";

/** Chooses by the client's weight, then what lies ready, then the order of {@link CONTENT_CODINGS}. */
export function selectCoding(accepted: AcceptedCodings, offers: readonly CodingOffer[]): CodingChoice {
  const identityQuality = accepted.identityQuality;
  let choice: CodingChoice = identityQuality > 0 ? "identity" : "none";
  let best = identityQuality;
  for (const offer of offers) {
    const quality = accepted.quality(offer.coding);
    if (quality === 0 || quality < best) continue;
    if (quality > best || choice === "identity" || choice === "none" || comesBefore(offer, choice)) {
      choice = offer;
      best = quality;
    }
  }
  return choice;
}

function comesBefore(a: CodingOffer, b: CodingOffer): boolean {
  if (a.ready !== b.ready) return a.ready;
  return CONTENT_CODINGS.indexOf(a.coding) < CONTENT_CODINGS.indexOf(b.coding);
}
