import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { Mode } from "../modes/mode.ts";
import type { SecurityEvent, SecurityEventName, SecurityEventSink } from "../security-event.ts";

const MAX_PATH_LENGTH = 1024;

/** What a policy adds to a record of its own accord. */
export type EventDetails = Pick<SecurityEvent, "reason" | "keyId" | "sessionId" | "rule">;

/** Writes records about requests. Without a sink nothing is computed. */
export class SecurityLog {
  readonly #mode: Mode;
  readonly #sink: SecurityEventSink | undefined;
  readonly #now: () => number;

  constructor(mode: Mode, sink: SecurityEventSink | undefined, now: () => number) {
    this.#mode = mode;
    this.#sink = sink;
    this.#now = now;
  }

  /** Records that a request was refused, and gives the response back. */
  refuse(
    response: HttpResponse,
    request: HttpRequest,
    address: string,
    event: SecurityEventName,
    details: EventDetails,
  ): HttpResponse {
    this.tell(request, address, event, "failure", details);
    return response;
  }

  tell(
    request: HttpRequest,
    address: string,
    event: SecurityEventName,
    outcome: SecurityEvent["outcome"],
    details: EventDetails,
  ): void {
    if (this.#sink === undefined) return;
    const time = new Date(this.#now()).toISOString();
    const path = loggedPath(request);
    this.#sink({ time, event, outcome, mode: this.#mode, address, method: request.method, path, ...details });
  }
}

// A target without a path is answered with 400 by whoever asks for the path next.
function loggedPath(request: HttpRequest): string | undefined {
  try {
    return request.path.slice(0, MAX_PATH_LENGTH);
  } catch {
    return undefined;
  }
}
