/** What a server must do with a vector, and whether it did. Pure: a transcript in, its faults out. */
import type { Script, Transcript } from "./conversation.ts";
import { cut, type Delivery } from "./delivery.ts";
import { fieldValues, type ReadResponse } from "./response-reader.ts";
import type { RequestMessage, RequestVector } from "./vectors.ts";

/** A request that any server answers: what stands behind a vector shows whether the connection still works. */
const PROBE = "GET /probe HTTP/1.1\r\nHost: probe.example\r\n\r\n";

// How long a server may stay silent where it must speak or close. Only a fault takes this long.
const PATIENCE_MS = 5000;
// How long an incomplete request must stay unanswered before the client gives up.
const QUIET_MS = 40;

/** What to say for `vector`, delivered that way. */
export function scriptFor(vector: RequestVector, delivery: Delivery): Script {
  const { outcome, messages } = vector.expect;
  const requestMethods = messages.map(({ method }) => method);
  const pieces = cut(vector.raw, delivery);
  if (outcome === "incomplete") {
    return { pieces, requestMethods, fin: { afterQuietMs: QUIET_MS }, patienceMs: PATIENCE_MS };
  }
  if (outcome === "reject") {
    // Nothing after a refused request is answered, not even what came with it.
    const withProbe = delivery === "whole" ? [vector.raw + PROBE] : pieces;
    return { pieces: withProbe, requestMethods, fin: "never", patienceMs: PATIENCE_MS };
  }
  if (!staysOpen(messages)) return { pieces, requestMethods, fin: "never", patienceMs: PATIENCE_MS };
  return {
    pieces: [...pieces, PROBE],
    requestMethods: [...requestMethods, "GET"],
    fin: { afterResponses: messages.length + 1 },
    patienceMs: PATIENCE_MS,
  };
}

/** The faults of a server that answers with what it read, as JSON (see `echo-handler.ts`); empty when it has none. */
export function judge(vector: RequestVector, transcript: Transcript): string[] {
  const faults: string[] = [];
  if (transcript.fault !== undefined) faults.push(`sent ${transcript.fault}`);
  if (transcript.rest !== "") faults.push(`sent ${JSON.stringify(transcript.rest.slice(0, 80))} that is no response`);
  const finals = transcript.responses.filter(({ status }) => status >= 200);
  if (mayDecline(vector.expect.messages)) return faults.concat(finals.length === 1 ? [] : ["did not answer once"]);
  if (transcript.end !== "closed") faults.push(transcript.end === "open" ? "did not close" : "reset the connection");
  const { outcome } = vector.expect;
  if (outcome === "accept") return faults.concat(judgeAccepted(vector, finals));
  if (outcome === "reject") return faults.concat(judgeRefused(vector, finals));
  return faults.concat(judgeIncomplete(transcript, finals));
}

function judgeAccepted({ expect: { messages } }: RequestVector, finals: readonly ReadResponse[]): string[] {
  const expected = messages.length + (staysOpen(messages) ? 1 : 0);
  const faults = finals.length === expected ? [] : [`answered ${finals.length} requests of ${expected}`];
  for (const [index, message] of messages.entries()) {
    const response = finals[index];
    if (response !== undefined) faults.push(...judgeEcho(message, response));
  }
  return faults;
}

function judgeEcho(message: RequestMessage, response: ReadResponse): string[] {
  const where = `${message.method} ${message.target.slice(0, 40)}`;
  const declined = isDeclinedTrace(message, response);
  if (response.status !== 200 && !declined) return [`answered ${where} with ${response.status}`];
  const faults = saysClose(response) === message.keepAlive ? [`announced the wrong persistence for ${where}`] : [];
  if (message.method === "HEAD" || declined) return faults;
  const { method, target, headers, body } = message;
  const wanted = JSON.stringify({ method, target, headers, body });
  if (response.body !== wanted) faults.push(`read ${response.body.slice(0, 200)} instead of ${wanted.slice(0, 200)}`);
  return faults;
}

function judgeRefused({ expect: { messages, status = [] } }: RequestVector, finals: readonly ReadResponse[]): string[] {
  const refusal = finals[messages.length];
  const faults = messages.flatMap((message, index) => {
    const response = finals[index];
    return response === undefined ? ["did not answer what came before"] : judgeEcho(message, response);
  });
  if (refusal === undefined) return [...faults, "closed without an answer"];
  if (!status.includes(refusal.status)) faults.push(`answered ${refusal.status}, not ${status.join(" or ")}`);
  if (!saysClose(refusal)) faults.push("refused without Connection: close");
  if (finals.length > messages.length + 1) faults.push("answered after the refusal");
  return faults;
}

function judgeIncomplete({ bytesBeforeFin }: Transcript, finals: readonly ReadResponse[]): string[] {
  const faults = bytesBeforeFin === 0 ? [] : ["answered a request that was not complete"];
  const statuses = finals.map(({ status }) => status);
  if (statuses.length > 1 || statuses.some((status) => status !== 400 && status !== 408)) {
    faults.push(`answered the end of the connection with ${statuses.join(", ")}`);
  }
  return faults;
}

function saysClose({ fields }: ReadResponse): boolean {
  return fieldValues(fields, "connection").some((value) => /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(value));
}

function staysOpen(messages: readonly RequestMessage[]): boolean {
  return messages.at(-1)?.keepAlive === true && !mayDecline(messages);
}

/** CONNECT is a server's to decline (RFC 9110 §9.3.6), with its connection: what follows may be meant for the tunnel. */
function mayDecline(messages: readonly RequestMessage[]): boolean {
  return messages.at(-1)?.method === "CONNECT";
}

/** TRACE is a server's to decline too (RFC 9110 §9.3.8); it frames nothing, so the connection persists. */
function isDeclinedTrace(message: RequestMessage, response: ReadResponse): boolean {
  return message.method === "TRACE" && (response.status === 405 || response.status === 501);
}
