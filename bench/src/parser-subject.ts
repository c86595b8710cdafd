/** One parser under comparison. Each kind of reading is written as its users write it. */
export interface ParserSubject {
  readonly name: string;
  /** Feeds the bytes and looks at nothing. Returns the messages read. */
  skip(bytes: Buffer): number;
  /** Puts method, target and the values of `THREE_FIELDS` into `out`, of each message in turn. Returns the messages read. */
  three(bytes: Buffer, out: (string | undefined)[]): number;
  /** Every name and value of the last message, in turn. */
  everything(bytes: Buffer): readonly string[];
  /** Reads the content. Returns its length in bytes. */
  content(bytes: Buffer): number;
}

export const THREE_FIELDS = ["host", "user-agent", "cookie"] as const;

/** Looks three fields up in `[name, value, name, value …]`, as callers of callback parsers must. */
export function pickThree(flat: readonly string[], out: (string | undefined)[]): void {
  out[2] = out[3] = out[4] = undefined;
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index]!;
    if (name.length === 4 && name.toLowerCase() === "host") out[2] = flat[index + 1];
    else if (name.length === 10 && name.toLowerCase() === "user-agent") out[3] = flat[index + 1];
    else if (name.length === 6 && name.toLowerCase() === "cookie") out[4] = flat[index + 1];
  }
}
