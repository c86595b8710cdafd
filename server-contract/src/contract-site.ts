/** The server under test and the clients of one case: a new server for each, and none of either left behind. */
import type { BoundAddress } from "@tinyhttp/listener";
import { RawClient, type RawResponse } from "./raw-client.ts";
import { get } from "./raw-requests.ts";

export interface ContractServer {
  readonly address: BoundAddress;
  close(deadlineMs?: number): Promise<void>;
}

/** Starts a server that serves `contractHandler` on one thread. The options can be cloned from thread to thread. */
export type CreateContractServer = (options: ContractOptions) => Promise<ContractServer>;

export interface ContractOptions {
  readonly maxBodyBytes?: number;
  readonly maxConnectionAgeMs?: number;
  readonly maxRequestsPerConnection?: number;
}

export class ContractSite {
  readonly #create: CreateContractServer;
  #server: ContractServer | undefined;
  #clients: RawClient[] = [];

  constructor(create: CreateContractServer) {
    this.#create = create;
  }

  async start(options: ContractOptions = {}): Promise<void> {
    this.#server = await this.#create(options);
  }

  async restart(options: ContractOptions): Promise<void> {
    await this.close(0);
    await this.start(options);
  }

  async close(deadlineMs?: number): Promise<void> {
    await this.#running.close(deadlineMs);
  }

  /** Ends the case. */
  async end(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    this.#clients = [];
    await this.close(0);
  }

  dial(): RawClient {
    const client = new RawClient(this.#running.address);
    this.#clients.push(client);
    return client;
  }

  async ask(request: string | Uint8Array, method?: string): Promise<RawResponse> {
    const client = this.dial();
    client.send(request);
    return client.response(method);
  }

  /** How many of the handler's streams, slices and signals have ended, by how. */
  async ends(): Promise<Record<string, number>> {
    return JSON.parse((await this.ask(get("/ends"))).body.toString());
  }

  get #running(): ContractServer {
    if (this.#server === undefined) throw new Error("Cannot ask the server: it was not started");
    return this.#server;
  }
}
