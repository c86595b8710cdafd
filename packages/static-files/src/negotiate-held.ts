/** The representation of a file in memory that suits a request's `Accept-Encoding`. */
import { OVERHEAD_BYTES, type CachedFile } from "./cache/cached-file.ts";
import type { AcceptedCodings } from "./coding/accept-encoding.ts";
import { selectCoding, type CodingOffer } from "./coding/content-coding.ts";
import { sidecarPath } from "./coding/sidecars.ts";
import { openFileInside } from "./lookup/open-inside.ts";
import { readAll } from "./lookup/read-all.ts";
import { entityTagOfBytes, Representation } from "./response/representation.ts";
import type { Site } from "./site.ts";

/**
 * Answers at once with what is there; a coding that is wanted for the first time is made while the request waits,
 * unless many others wait already. `none`: the client accepts nothing that there is.
 */
export function negotiateHeld(
  site: Site,
  held: CachedFile,
  accepted: AcceptedCodings,
): Representation | "none" | Promise<Representation | "none"> {
  const choice = selectCoding(accepted, held.offers);
  if (choice === "none") return "none";
  if (choice === "identity") return held.uncoded;
  const slot = held.coded.get(choice.coding);
  if (slot instanceof Representation) return slot;
  if (slot === undefined && !choice.ready && site.compressor.isBusy && accepted.identityQuality > 0) {
    return held.uncoded;
  }
  return awaitCoded(site, held, accepted, choice);
}

async function awaitCoded(
  site: Site,
  held: CachedFile,
  accepted: AcceptedCodings,
  offer: CodingOffer,
): Promise<Representation | "none"> {
  const slot = held.coded.get(offer.coding);
  const making = slot instanceof Promise ? slot : makeAndKeep(site, held, offer);
  const made = await making;
  return made === "useless" ? negotiateHeld(site, held, accepted) : made;
}

function makeAndKeep(site: Site, held: CachedFile, offer: CodingOffer): Promise<Representation | "useless"> {
  const making = keep(site, held, offer, makeCoded(site, held, offer));
  held.coded.set(offer.coding, making);
  return making;
}

async function keep(
  site: Site,
  held: CachedFile,
  offer: CodingOffer,
  making: Promise<Representation | "useless">,
): Promise<Representation | "useless"> {
  try {
    const made = await making;
    if (made === "useless") {
      held.offers = held.offers.filter((other) => other !== offer);
      return made;
    }
    held.coded.set(offer.coding, made);
    site.cache?.grow(held, made.length + OVERHEAD_BYTES);
    return made;
  } catch (error) {
    held.coded.delete(offer.coding);
    throw error;
  }
}

async function makeCoded(
  site: Site,
  held: CachedFile,
  { coding, ready }: CodingOffer,
): Promise<Representation | "useless"> {
  const bytes = ready ? await readSidecar(site, held, coding) : await site.compressor.compress(held.bytes, coding);
  if (bytes === undefined || (!ready && bytes.length >= held.bytes.length)) return "useless";
  const facts = { ...held.facts, contentCoding: coding, entityTag: entityTagOfBytes(bytes, coding) };
  return new Representation(bytes, facts, site.policy);
}

async function readSidecar(
  site: Site,
  held: CachedFile,
  coding: CodingOffer["coding"],
): Promise<Uint8Array | undefined> {
  const path = sidecarPath(held.whereabouts.fsPath, coding);
  const file = await openFileInside(site.root, path, site.options.followSymlinks);
  if (file === undefined || file.length <= (site.options.cache?.maxFileBytes ?? 0)) return file && readAll(file);
  file.close();
  return undefined;
}
