/** From a path to what answers it: the order in which names are tried. */
import { openInside } from "./open-inside.ts";
import type { OpenFile } from "./open-file.ts";
import type { ResolvedOptions } from "../options.ts";
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
  if (root.isFile) return root.isNameOfFile(path) ? firstFile(root, [path], options) : ABSENT;
  return path.endsWith("/") ? locateIndex(root, path, options) : locateFile(root, path, options);
}

async function locateIndex(root: SiteRoot, path: string, options: ResolvedOptions): Promise<Located> {
  const candidates = options.index.map((name) => path + name);
  const index = await firstFile(root, candidates, options);
  if (index.kind === "file" || !options.listing) return index;
  const opened = await openInside(root, root.resolve(path), options.followSymlinks);
  if (opened.kind === "file") opened.file.close();
  return opened.kind === "directory" ? opened : ABSENT;
}

async function locateFile(root: SiteRoot, path: string, options: ResolvedOptions): Promise<Located> {
  const opened = await openInside(root, root.resolve(path), options.followSymlinks);
  if (opened.kind === "file") {
    return { kind: "file", file: opened.file, fsPath: root.resolve(path), path, absentPaths: [] };
  }
  if (opened.kind === "directory") opened.close();
  if (options.cleanUrls) {
    const page = await firstFile(root, [path, `${path}.html`], options);
    if (page.kind === "file") return page;
  }
  return opened.kind === "directory" ? { kind: "directory-name" } : ABSENT;
}

async function firstFile(root: SiteRoot, paths: readonly string[], options: ResolvedOptions): Promise<Located> {
  const absentPaths: string[] = [];
  for (const path of paths) {
    const fsPath = root.resolve(path);
    const opened = await openInside(root, fsPath, options.followSymlinks);
    if (opened.kind === "file") return { kind: "file", file: opened.file, fsPath, path, absentPaths };
    if (opened.kind === "directory") opened.close();
    absentPaths.push(fsPath);
  }
  return ABSENT;
}
