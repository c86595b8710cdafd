/**
 * Who can reach what, in one word.
 *
 * - `private`: whoever works on this machine, and nothing else.
 * - `unprivate`: whoever has a key.
 * - `public`: everybody may read; whoever has a key may do what the key says.
 */
export type Mode = "private" | "unprivate" | "public";

/** All modes there are. */
export const MODES: readonly Mode[] = Object.freeze(["private", "unprivate", "public"]);
