/** The contract of all servers: a suite, the handler that it asks, and a client that sends any bytes. */
export { contractHandler, pattern } from "./contract-app.ts";
export { type ContractOptions, type ContractServer, type CreateContractServer } from "./contract-site.ts";
export { RawClient, type RawResponse } from "./raw-client.ts";
export { serverContract } from "./server-contract.ts";
