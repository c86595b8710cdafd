/** From a path to what answers it: the order in which names are tried. */
import type { ResolvedOptions } from "../options.ts";
import type { OpenFile } from "./open-file.ts";
import { openFileInside, openInside } from "./open-inside.ts";
import { isServable } from "./path-policy.ts";
import type { SiteRoot } from "./site-root.ts";

export interface LocatedFile {
  readonly kind: "file";
  readonly file: OpenFile;
  readonly fsPath: string;
  /** The path that names it directly: with the index's name, or the extension that was left out. */
  readonly path: string;
  /** File system paths that would have come first, and are no files. */
  readonly absentPaths: readonly string[];
}

export type Located =
  | LocatedFile
  /** A directory, asked for without its final slash. */
  | { readonly kind: "directory-name" }
  /** A directory without an index, to be listed. */
  | { readonly kind: "directory"; readonly fsPath: string; close(): void }
  | { readonly kind: "absent" };

const ABSENT: Located = { kind: "absent" };

/**
 * - `/d/`: the first index that exists, else the directory if listings are on.
 * - `/a`: the file `a`; with clean URLs, else the file `a.html`; else the directory `a`.
 *
 * @param path Normalised and below the base path.
 */
export async function locate(root: SiteRoot, path: string, options: ResolvedOptions): Promise<Located> {
  if (!isServable(path, options.showsDotfiles, process.platform)) return ABSENT;
  const { filePath } = root;
  if (filePath !== undefined) {
    return path === "/" || path === filePath ? locateFirst(root, [filePath], options) : ABSENT;
  }
  return path.endsWith("/") ? locateIndex(root, path, options) : locateName(root, path, options);
}

async function locateIndex(root: SiteRoot, path: string, options: ResolvedOptions): Promise<Located> {
  const candidates = options.index.map((name) => path + name);
  const index = await locateFirst(root, candidates, options);
  if (index.kind === "file" || !options.listing) return index;
  const opened = await openInside(root, root.resolve(path), options.followSymlinks);
  if (opened.kind === "file") opened.file.close();
  return opened.kind === "directory" ? opened : ABSENT;
}

async function locateName(root: SiteRoot, path: string, options: ResolvedOptions): Promise<Located> {
  const fsPath = root.resolve(path);
  const opened = await openInside(root, fsPath, options.followSymlinks);
  if (opened.kind === "file") return { kind: "file", file: opened.file, fsPath, path, absentPaths: [] };
  if (opened.kind === "directory") opened.close();
  if (options.cleanUrls) {
    const page = await locateFirst(root, [`${path}.html`], options);
    if (page.kind === "file") return { ...page, absentPaths: [fsPath] };
  }
  return opened.kind === "directory" ? { kind: "directory-name" } : ABSENT;
}

async function locateFirst(root: SiteRoot, paths: readonly string[], options: ResolvedOptions): Promise<Located> {
  const absentPaths: string[] = [];
  for (const path of paths) {
    const fsPath = root.resolve(path);
    const file = await openFileInside(root, fsPath, options.followSymlinks);
    if (file !== undefined) return { kind: "file", file, fsPath, path, absentPaths };
    absentPaths.push(fsPath);
  }
  return ABSENT;
}
