/** How a field table notes where a field stands: numbers for each line, the ends exclusive. This file imports nothing. */

export const NAME_START = 0;
/** In its low 16 bits the length of the name; above them, what equal names share. */
export const NAME_TAG = 1;
export const VALUE_START = 2;
export const VALUE_END = 3;
/** Numbers of one field. */
export const BOUNDS = 4;

/** The tag of "host". */
export const HOST_TAG = 0x8c0004;
/** The bits in `FieldTable.tags` of Content-Length, Transfer-Encoding and Expect: a request without them has no content. */
export const CONTENT_TAGS = 0x08002002;
