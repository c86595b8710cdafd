import { createAsyncServer } from "../src/index.ts";
import { contractHandler } from "./contract-app.ts";
import { serverContract } from "./server-contract.ts";

serverContract("AsyncServer", async (options) => {
  const server = createAsyncServer(contractHandler, { ...options, onError: () => {} });
  const address = await server.listen({ port: 0 });
  return { address, close: (deadlineMs) => server.close({ deadlineMs }) };
});
