import type { ServerSessionOptions } from "node:http2";

/** Streams at a time (nginx: 128, Apache and HAProxy: 100). */
const MOST_STREAMS = 100;
/** As HTTP/1 has it by default. */
const MOST_FIELDS = 100;
const MOST_FIELD_BYTES = 16_384;
/** What one stream may send ahead of its reader; what all of a connection may. */
const WINDOW_BYTES = 262_144;
export const CONNECTION_WINDOW_BYTES = 1_048_576;
// A reset costs the server a request that it had begun.
const RESET_BURST = 100;
const RESETS_PER_SECOND = 20;
const MOST_SETTINGS = 16;
const MOST_INVALID_FRAMES = 32;
const MOST_REJECTED_STREAMS = 32;

/** RFC 9113 §6.2: nothing follows the head. */
const END_STREAM = 0x1;

export function endStreamOf(flags: number): boolean {
  return (flags & END_STREAM) !== 0;
}

/** Options of `http2.performServerHandshake`. */
export function sessionOptions(): ServerSessionOptions {
  const options = {
    settings: {
      enablePush: false,
      maxConcurrentStreams: MOST_STREAMS,
      maxHeaderListSize: MOST_FIELD_BYTES,
      initialWindowSize: WINDOW_BYTES,
    },
    maxSettings: MOST_SETTINGS,
    maxSessionInvalidFrames: MOST_INVALID_FRAMES,
    maxSessionRejectedStreams: MOST_REJECTED_STREAMS,
    maxHeaderListPairs: MOST_FIELDS,
    streamResetBurst: RESET_BURST,
    streamResetRate: RESETS_PER_SECOND,
  };
  return options;
}
