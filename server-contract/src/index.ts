/** The contract of all servers: a suite, the handler that it asks, and a client that sends any bytes. */
export { contractHandler, pattern } from "./contract-app.ts";
export { RawClient, type RawResponse } from "./raw-client.ts";
export {
  serverContract,
  type ContractOptions,
  type ContractServer,
  type CreateContractServer,
} from "./server-contract.ts";
