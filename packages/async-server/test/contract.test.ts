import { contractHandler, serverContract } from "@tinyhttp/server-contract";
import { createAsyncServer } from "../src/index.ts";

serverContract("AsyncServer", async (options) => {
  const server = createAsyncServer(contractHandler, { ...options, onError: () => {} });
  const address = await server.listen({ port: 0 });
  return { address, close: (deadlineMs) => server.close({ deadlineMs }) };
});
