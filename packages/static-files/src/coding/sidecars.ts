/** Files compressed ahead of time, beside their originals. */
import { identityAt, isUntouched, type FileIdentity } from "../lookup/file-identity.ts";
import { CONTENT_CODINGS, SIDECAR_SUFFIXES, type ContentCoding } from "./content-coding.ts";

const { lstatSync } = process.getBuiltinModule("node:fs");

/** Each coding's file, as far as there is one that may be sent. */
export type Sidecars = ReadonlyMap<ContentCoding, FileIdentity>;

// Copying a tree writes its files in any order; more than this apart, the original was changed afterwards.
const MAX_OLDER_NS = 2_000_000_000n;

/** @param fsPath The original's path. */
export function findSidecars(fsPath: string, original: FileIdentity): Sidecars {
  const found = new Map<ContentCoding, FileIdentity>();
  for (const coding of CONTENT_CODINGS) {
    const identity = identityAt(sidecarPath(fsPath, coding));
    if (identity !== undefined && isFresh(identity, original)) found.set(coding, identity);
  }
  return found;
}

export function sidecarPath(fsPath: string, coding: ContentCoding): string {
  return fsPath + SIDECAR_SUFFIXES[coding];
}

/** Whether there is not even a name where one could be. A link to nowhere is a name. */
export function hasNoSidecarNames(fsPath: string): boolean {
  return CONTENT_CODINGS.every((coding) => {
    try {
      return lstatSync(sidecarPath(fsPath, coding), { throwIfNoEntry: false }) === undefined;
    } catch {
      return false;
    }
  });
}

export function areUntouched(a: Sidecars, b: Sidecars): boolean {
  return CONTENT_CODINGS.every((coding) => isUntouched(a.get(coding), b.get(coding)));
}

function isFresh(sidecar: FileIdentity, original: FileIdentity): boolean {
  const hasContent = sidecar.size > 0 || original.size === 0;
  return hasContent && sidecar.modifiedNs >= original.modifiedNs - MAX_OLDER_NS;
}
