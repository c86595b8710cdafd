/** The representations of a listing, in the order that wins where a client has no preference. */
export type ListingFormatName = "html" | "json";

const OFFERS: readonly { format: ListingFormatName; ranges: readonly string[] }[] = [
  { format: "html", ranges: ["text/html", "text/*", "*/*"] },
  { format: "json", ranges: ["application/json", "application/*", "*/*"] },
];

// weight = OWS ";" OWS "q=" qvalue (RFC 9110 §12.4.2)
const WEIGHT = /;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[ \t]*(?:;|$)/i;

/**
 * Chooses by `Accept` (RFC 9110 §12.5.1). The most specific range that matches gives an offer its weight; of equal
 * weights, the offer that was named more exactly wins, so that `application/json, *\/*` means JSON.
 *
 * @param accept The field value; `undefined` when absent.
 * @returns `html` also when nothing fits: §12.4.1 lets a server answer as if there were no preference.
 */
export function negotiateFormat(accept: string | undefined): ListingFormatName {
  if (accept === undefined) return "html";
  const weights = parseAccept(accept);
  let best: { format: ListingFormatName; weight: number; generality: number } | undefined;
  for (const { format, ranges } of OFFERS) {
    const generality = ranges.findIndex((range) => weights.has(range));
    const weight = weights.get(ranges[generality] ?? "") ?? 0;
    if (weight === 0) continue;
    const wins = best === undefined || weight > best.weight || (weight === best.weight && generality < best.generality);
    if (wins) best = { format, weight, generality };
  }
  return best?.format ?? "html";
}

/** Media ranges in lower case with their weights; parameters other than the weight say nothing about a listing. */
function parseAccept(accept: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const element of accept.split(",")) {
    const semicolon = element.indexOf(";");
    const range = (semicolon === -1 ? element : element.slice(0, semicolon)).trim().toLowerCase();
    const weight = WEIGHT.exec(element)?.[1];
    weights.set(range, Math.max(weights.get(range) ?? 0, weight === undefined ? 1 : Number(weight)));
  }
  return weights;
}
