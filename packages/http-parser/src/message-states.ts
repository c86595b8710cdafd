/** The states of message-reader.ts. This file imports nothing. */

/** Idle, until the first byte of a head has come. */
export const HEAD = 0;
export const BODY = 1;
export const COMPLETE = 2;
