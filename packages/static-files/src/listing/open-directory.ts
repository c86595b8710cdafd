/** A directory that was opened and verified to be inside the root, and is now to be listed. */
export interface OpenDirectory {
  /** The URL path it was asked for: decoded and normalised, ends with `/`, without the base path. */
  readonly path: string;
  /** What the file system is asked for. As a rule `/proc/self/fd/N`, so that a swapped ancestor changes nothing. */
  readonly fsPath: string;
  /** Gives the directory back. The listing calls it once, whatever happens. */
  readonly close?: (() => void) | undefined;
}
