/** What a server made of a vector, reduced to what can be compared between servers. */
import { converse, type Transcript } from "./conversation.ts";
import type { RequestVector } from "./vectors.ts";

/** `closes`: it answered some of the requests and then closed. `waits`: neither an answer nor a close. */
export type Verdict = "accepts" | "refuses" | "closes" | "waits";

export interface Outcome {
  readonly verdict: Verdict;
  /** The final statuses, then `×` when the server closed; `…` for an open connection without an answer. */
  readonly label: string;
}

// On loopback an answer takes a millisecond or two; a loaded machine is given the rest.
const PATIENCE_MS = 500;

export async function observe(port: number, vector: RequestVector): Promise<Outcome> {
  const requestMethods = vector.expect.messages.map(({ method }) => method);
  const transcript = await converse(port, {
    pieces: [vector.raw],
    requestMethods,
    fin: "never",
    patienceMs: PATIENCE_MS,
  });
  return outcomeOf(vector, transcript);
}

/** Pure part of {@link observe}. */
export function outcomeOf({ expect: { outcome, messages } }: RequestVector, transcript: Transcript): Outcome {
  const statuses = transcript.responses.map(({ status }) => status).filter((status) => status >= 200 || status === 101);
  // Some refuse with something that is no HTTP/1.1 response (HTTP/0.9 style): an answer, and a refusal.
  const labels = statuses.map(String).concat(transcript.fault === undefined ? [] : ["?"]);
  const closed = transcript.end !== "open";
  const wanted = messages.length + (outcome === "accept" ? 0 : 1);
  return { label: `${labels.join(" ")}${closed ? "×" : ""}` || "…", verdict: verdictOf() };

  function verdictOf(): Verdict {
    if (transcript.fault !== undefined || statuses.slice(0, wanted).some((status) => status >= 400)) return "refuses";
    if (statuses.length >= wanted) return "accepts";
    if (!closed) return "waits";
    return outcome === "accept" && statuses.length > 0 ? "closes" : "refuses";
  }
}
