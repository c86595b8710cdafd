import type { HttpRequest, Peer } from "@tinyhttp/handler";
import type { Exchange } from "./observers.ts";

/** The record that `onExchange` is shown: one for each connection, filled anew for each exchange. */
export class ExchangeRecord implements Exchange {
  readonly peer: Peer;
  #request: HttpRequest | undefined;
  #startedAtMonotonic = 0;
  version: Exchange["version"] = "1.1";
  status = 0;
  responseHead = "";
  bytesSent = 0;
  startedAt = 0;
  durationMs = 0;
  complete = false;

  constructor(peer: Peer) {
    this.peer = peer;
  }

  /** @throws {TypeError} The exchange is over. */
  get request(): HttpRequest {
    if (this.#request !== undefined) return this.#request;
    throw new TypeError("Cannot read the exchange: its record is valid during the call of onExchange");
  }

  begin(request: HttpRequest, version: Exchange["version"]): void {
    this.#request = request;
    this.version = version;
    this.#startedAtMonotonic = performance.now();
    this.startedAt = Date.now();
    this.status = 0;
    this.responseHead = "";
    this.bytesSent = 0;
  }

  end(complete: boolean, report: (exchange: Exchange) => void): void {
    this.complete = complete;
    this.durationMs = performance.now() - this.#startedAtMonotonic;
    report(this);
    this.#request = undefined;
  }
}
