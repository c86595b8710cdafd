/** How a field table notes where a field stands: numbers for each line, the ends exclusive. This file imports nothing. */

export const NAME_START = 0;
/** In its low 16 bits the length of the name; above, what equal names share. */
export const NAME_TAG = 1;
export const VALUE_START = 2;
export const VALUE_END = 3;
/** Numbers of one field. */
export const BOUNDS = 4;
/** Fields that a new array of bounds has room for; most requests have fewer. */
export const FIRST_FIELDS = 32;
/** Arrays of bounds kept for the next message of any parser, so that idle connections hold none. 16 times 512 bytes. */
export const SPARE_ARRAYS = 16;
