/** How much of what follows a head belongs to its message. This file imports nothing. */

/** A length in bytes, or one of these. */
export type BodyFraming = number;
export const CHUNKED: BodyFraming = -1;
export const UNTIL_CLOSE: BodyFraming = Infinity;
