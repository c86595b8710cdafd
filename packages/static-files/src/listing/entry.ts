/** One name in a directory that a request could be answered with. */
export interface Entry {
  /** As text. Where the bytes are not UTF-8, each faulty part is U+FFFD and `rawName` holds the bytes. */
  readonly name: string;
  /** Present only when the name is not UTF-8. */
  readonly rawName: Buffer | undefined;
  readonly type: "directory" | "file";
  /** For a symbolic link: where it leads, resolved and allowed. */
  readonly linkTarget: string | undefined;
}

/** An entry with what `lstat` says about it. */
export interface EntryDetails {
  readonly name: string;
  readonly rawName: Buffer | undefined;
  readonly type: "directory" | "file";
  /** In bytes; 0 for a directory. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number;
}
