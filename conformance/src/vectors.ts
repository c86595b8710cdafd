import { readFileSync } from "node:fs";

/** A request as it is read. Text holds one character per byte. */
export interface RequestMessage {
  readonly method: string;
  readonly target: string;
  readonly version: "1.0" | "1.1";
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly trailers: readonly (readonly [name: string, value: string])[];
  readonly keepAlive: boolean;
}

/** One request vector; `vectors/README.md` explains the fields. */
export interface RequestVector {
  readonly id: string;
  readonly kind: "request";
  readonly section: string;
  /** One character per byte. */
  readonly raw: string;
  readonly expect: {
    readonly outcome: "accept" | "reject" | "incomplete";
    readonly messages: readonly RequestMessage[];
    readonly status?: readonly number[];
  };
  readonly note?: string;
}

/** A response as it is read. Text holds one character per byte. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly trailers: readonly (readonly [name: string, value: string])[];
}

/** One response vector; `vectors/README.md` explains the fields. */
export interface ResponseVector {
  readonly id: string;
  readonly kind: "response";
  readonly raw: string;
  readonly request_method: string;
  readonly eof: boolean;
  readonly expect: {
    readonly outcome: "accept" | "reject" | "incomplete";
    readonly messages: readonly ResponseMessage[];
  };
}

const VECTORS = new URL("../vectors/http1-vectors.json", import.meta.url);

/** The request vectors, in the generator's order. */
export function loadRequestVectors(): RequestVector[] {
  return loadVectors().filter((vector) => vector.kind === "request");
}

/** The response vectors, in the generator's order. */
export function loadResponseVectors(): ResponseVector[] {
  return loadVectors().filter((vector) => vector.kind === "response");
}

function loadVectors(): (RequestVector | ResponseVector)[] {
  return JSON.parse(readFileSync(VECTORS, "utf8")) as (RequestVector | ResponseVector)[];
}
