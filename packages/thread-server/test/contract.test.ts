import { serverContract } from "@tinyhttp/server-contract";
import { createThreadServer } from "../src/index.ts";

serverContract("ThreadServer", async (serverOptions) => {
  const module = new URL("contract-module.ts", import.meta.url);
  const server = createThreadServer({ module, threads: 1, serverOptions });
  const address = await server.listen({ port: 0 });
  return { address, close: (deadlineMs) => server.close({ deadlineMs }) };
});
