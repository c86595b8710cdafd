/** The representation of a file that is too large to be held: of the file itself, or of one compressed beside it. */
import type { AcceptedCodings } from "./coding/accept-encoding.ts";
import { selectCoding, type CodingChoice, type ContentCoding } from "./coding/content-coding.ts";
import { findSidecars, sidecarPath } from "./coding/sidecars.ts";
import type { LocatedFile } from "./lookup/locate.ts";
import type { OpenFile } from "./lookup/open-file.ts";
import { openFileInside } from "./lookup/open-inside.ts";
import { contentTypeForFile } from "./response/content-type-for.ts";
import { entityTagOfFile, lastModifiedOf, Representation } from "./response/representation.ts";
import type { Site } from "./site.ts";

/**
 * Takes the file over: unless the representation holds it, it is closed. `none`: the client accepts no coding there
 * is.
 */
export async function streamFile(
  site: Site,
  located: LocatedFile,
  accepted: AcceptedCodings,
): Promise<Representation | "none"> {
  const { file, fsPath, path } = located;
  let content = file;
  try {
    const ready = site.options.precompressed ? [...findSidecars(fsPath, file.identity).keys()] : [];
    const choice = selectCoding(
      accepted,
      ready.map((coding) => ({ coding, ready: true })),
    );
    if (choice === "none") return closing(file);
    const contentType = await contentTypeForFile(path, file);
    const sidecar = await openChosen(site, fsPath, choice);
    if (sidecar !== undefined) content = sidecar.file;
    const facts = {
      path,
      contentType,
      contentCoding: sidecar?.coding,
      isNegotiated: ready.length > 0,
      entityTag: entityTagOfFile(content.identity, sidecar?.coding, Date.now()),
      lastModifiedMs: lastModifiedOf(file.identity, Date.now()),
    };
    if (content !== file) file.close();
    return new Representation(content, facts, site.policy);
  } catch (error) {
    file.close();
    content.close();
    throw error;
  }
}

function closing(file: OpenFile): "none" {
  file.close();
  return "none";
}

async function openChosen(
  site: Site,
  fsPath: string,
  choice: Exclude<CodingChoice, "none">,
): Promise<{ file: OpenFile; coding: ContentCoding } | undefined> {
  if (choice === "identity") return undefined;
  const file = await openFileInside(site.root, sidecarPath(fsPath, choice.coding), site.options.followSymlinks);
  return file && { file, coding: choice.coding };
}
