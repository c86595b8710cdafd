import type { HttpRequest, Peer } from "@tinyhttp/handler";
import { monotonicMs } from "./clock.ts";
import { timeOfDayMs } from "./date.ts";
import type { Exchange } from "./observers.ts";
import type { ResponsePlan } from "./response-plan.ts";

/** The record that `onExchange` is shown: one for each connection, filled anew for each exchange. */
export class ExchangeRecord implements Exchange {
  readonly peer: Peer;
  #request: HttpRequest | undefined;
  #receivedAt = 0;
  version: Exchange["version"] = "1.1";
  status = 0;
  /** What is answered; `undefined` while that is not known. */
  #plan: ResponsePlan | undefined;
  /** As sent: a plan that is used again may have another one when the exchange ends. */
  #date: string | undefined;
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

  get responseHead(): string {
    const { head = "", date } = this.#plan ?? {};
    const sent = date === this.#date ? head : head.replace(`\r\nDate: ${date}\r\n`, `\r\nDate: ${this.#date}\r\n`);
    return this.version === "2" ? sent.replace("HTTP/1.1", "HTTP/2") : sent;
  }

  begin(request: HttpRequest, version: Exchange["version"]): void {
    this.#request = request;
    this.version = version;
    this.#receivedAt = request.receivedAt;
    this.startedAt = timeOfDayMs(request.receivedAt);
    this.status = 0;
    this.#plan = undefined;
    this.bytesSent = 0;
  }

  answer(plan: ResponsePlan): void {
    this.#plan = plan;
    this.#date = plan.date;
    this.status = plan.status;
  }

  end(complete: boolean, report: (exchange: Exchange) => void): void {
    this.complete = complete;
    this.durationMs = monotonicMs() - this.#receivedAt;
    report(this);
    this.#request = undefined;
    // An idle connection keeps no content.
    this.#plan = undefined;
  }
}
