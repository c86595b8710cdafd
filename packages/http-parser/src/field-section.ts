/** The fields of a message as their reader sees them. */

/**
 * The fields of a message, in order (RFC 9110 §5.3). Lookups ignore case and never see anything that was not sent:
 * names are compared, not used as property names.
 *
 * Iterating gives each field line as `[name, value]`, names as sent. Values hold one character per byte (latin1),
 * without the white space around them.
 */
export interface FieldSection extends Iterable<readonly [name: string, value: string]> {
  /** Field lines, repeated ones counted each. */
  readonly size: number;
  /**
   * The value of `name`; repeated field lines joined by `", "` (RFC 9110 §5.3), those of Cookie by `"; "` (RFC 6265 §5.4).
   * Set-Cookie cannot be joined (RFC 9110 §5.3): the first line is given; ask `getAll`.
   */
  get(name: string): string | undefined;
  /** Each field line's value, in order; empty when absent. */
  getAll(name: string): string[];
  has(name: string): boolean;
  /**
   * The name of a field line as sent. With `valueAt` this reads all fields without an array for each.
   *
   * @param index From 0, below `size`; beyond, an empty string.
   */
  nameAt(index: number): string;
  /** The value of a field line; see `nameAt`. */
  valueAt(index: number): string;
  /** All names and values in turn, as in Node's `rawHeaders`: the fastest way to have them all. */
  flat(): string[];
}
