import type { HttpRequest, Peer } from "@tinyhttp/handler";

/** One finished exchange. The record is reused: read it during the call; a copy has no `request` and no `responseHead`. */
export interface Exchange {
  readonly request: HttpRequest;
  /** Of HTTP, as it stands behind `HTTP/` in a log. */
  readonly version: "1.0" | "1.1" | "2";
  readonly status: number;
  /** The head as sent, one character per byte (latin1), or as text in the form of HTTP/1 what HTTP/2 sent; empty when the client went away before there was one. */
  readonly responseHead: string;
  /** Bytes of content handed to the transport; framing not counted. */
  readonly bytesSent: number;
  /** From the end of the request's head to the end of the response, in milliseconds. */
  readonly durationMs: number;
  /** When the request's head was complete: `Date.now()`. */
  readonly startedAt: number;
  readonly peer: Peer;
  /** Whether the whole response was handed to the transport. */
  readonly complete: boolean;
}

/** Something that happened to a connection. */
export type ConnectionEvent =
  | { readonly kind: "opened" | "closed"; readonly peer: Peer }
  | {
      /** Turned away with 503, because of a limit. */
      readonly kind: "refused";
      readonly peer: Peer;
      readonly reason: "connections" | "connections-per-address";
    }
  | {
      /** What the client sent is not HTTP as the server takes it, nor what must come before it; answered with `status` and closed. */
      readonly kind: "malformed";
      readonly peer: Peer;
      readonly error: { readonly code: string; readonly status: number; readonly message: string };
    }
  | {
      /** The client and the server found no way to speak TLS with each other, or the client went away meanwhile. */
      readonly kind: "handshake-failed";
      readonly peer: Peer;
      /** Node's or OpenSSL's word, and its sentence. */
      readonly error: { readonly code: string; readonly message: string };
    }
  | {
      /** What the client did not do in time; `response` when it ended its side and the response stood still. */
      readonly kind: "timed-out";
      readonly peer: Peer;
      readonly waitedFor:
        | "first-byte"
        | "handshake"
        | "head"
        | "body"
        | "next-request"
        | "response"
        | "write"
        | "close";
    };
