/** The conformance vectors, and what a parser makes of one of them. Runs in every runtime; the vectors are passed in. */
import { HttpSyntaxError, RequestParser, ResponseParser } from "../src/index.ts";

export interface Message {
  readonly method?: string;
  readonly target?: string;
  readonly status?: number;
  readonly reason?: string;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly trailers: readonly (readonly [string, string])[];
  readonly keepAlive: boolean;
}

export interface Vector {
  readonly id: string;
  readonly kind: "request" | "response";
  readonly section: string;
  /** One character per byte. */
  readonly raw: string;
  readonly expect: {
    readonly outcome: "accept" | "reject" | "incomplete";
    readonly messages: readonly Message[];
    readonly status?: readonly number[];
  };
  readonly request_method?: string;
  readonly eof?: boolean;
}

/** What was read, in a form that can be compared. */
export interface Outcome {
  readonly outcome: "accept" | "reject" | "incomplete";
  readonly messages: readonly Message[];
  readonly code?: string;
  readonly offset?: number;
  readonly status?: number;
}

export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function toText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Every chunk is overwritten after its loan ended, so that a parser that still looks at it is found out. */
export function readRequests(chunks: readonly Uint8Array[]): Outcome {
  const parser = new RequestParser();
  const messages: Message[] = [];
  let body = "";
  try {
    for (const chunk of chunks) {
      parser.feed(chunk);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "head") body = "";
        else if (event === "data") body += toText(parser.data);
        else {
          const { head } = parser;
          messages.push({
            method: head.method,
            target: head.target,
            version: `1.${head.versionMinor}`,
            headers: [...head.fields],
            body,
            trailers: [...parser.trailers],
            keepAlive: head.keepAlive,
          });
        }
      }
      chunk.fill(0x21);
    }
  } catch (error) {
    return refusal(error, messages);
  }
  return { outcome: parser.midMessage || messages.length === 0 ? "incomplete" : "accept", messages };
}

/** As {@link readRequests}; every final response answers one more request with the same method. */
export function readResponses(chunks: readonly Uint8Array[], requestMethod: string, eof: boolean): Outcome {
  const parser = new ResponseParser();
  const messages: Message[] = [];
  let body = "";
  const take = (event: string): void => {
    if (event === "head") {
      body = "";
      if (!parser.head.interim) parser.expect(requestMethod);
    } else if (event === "data") body += toText(parser.data);
    else {
      const { head } = parser;
      messages.push({
        status: head.status,
        reason: head.reasonPhrase,
        version: `1.${head.versionMinor}`,
        headers: [...head.fields],
        body,
        trailers: [...parser.trailers],
        keepAlive: head.keepAlive,
      });
    }
  };
  parser.expect(requestMethod);
  try {
    for (const chunk of chunks) {
      parser.feed(chunk);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        take(event);
        if (event === "end" && parser.head.upgrade) return { outcome: "accept", messages };
      }
      chunk.fill(0x21);
    }
    if (eof) {
      parser.finish();
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) take(event);
    }
  } catch (error) {
    return refusal(error, messages);
  }
  return { outcome: parser.midMessage || messages.length === 0 ? "incomplete" : "accept", messages };
}

/** Reads a vector's bytes in these pieces. */
export function readVector(vector: Vector, chunks: readonly Uint8Array[]): Outcome {
  if (vector.kind === "request") return readRequests(chunks);
  return readResponses(chunks, vector.request_method ?? "GET", vector.eof ?? false);
}

export function refusal(error: unknown, messages: readonly Message[]): Outcome {
  if (!(error instanceof HttpSyntaxError)) throw error;
  const { code, offset, status } = error;
  return { outcome: "reject", messages, code, offset, status };
}
