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

const VECTORS = new URL("../vectors/http1-vectors.json", import.meta.url);

/** The request vectors, in the generator's order. */
export function loadRequestVectors(): RequestVector[] {
  const all = JSON.parse(readFileSync(VECTORS, "utf8")) as (RequestVector | { readonly kind: "response" })[];
  return all.filter((vector) => vector.kind === "request");
}
