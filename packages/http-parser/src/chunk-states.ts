/** Where the reader of a chunked-body stands outside chunk-data: rows of the table in chunked.ts. This file imports nothing. */

export const SIZE_START = 0;
export const SIZE = 1;
export const LINE_LF = 2;
export const DATA_CR = 3;
/** All states behind this one are those of extensions. */
export const DATA_LF = 4;
/** No row: the trailer section is read as fields. */
export const TRAILERS = 14;
/** No row: the grammar has no such byte there. */
export const WRONG = 15;
/** Classes of bytes: columns of the table. */
export const CHUNK_COLUMNS = 11;
/** Beyond this a shift would lose digits; 16 digits is what a 64-bit reader takes. */
export const MOST_DIGITS = 16;
