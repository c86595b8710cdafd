import { contractHandler, serverContract } from "@tinyhttp/server-contract";
import { createAsyncServer } from "../src/index.ts";
import { selfSignedCertificate } from "../src/tls.ts";

const certificates = [selfSignedCertificate({ names: ["localhost", "127.0.0.1"] })];

serverContract("AsyncServer with TLS", async (options) => {
  const server = createAsyncServer(contractHandler, { ...options, onError: () => {}, tls: { certificates } });
  const address = await server.listen({ port: 0 });
  return { address, close: (deadlineMs) => server.close({ deadlineMs }) };
});
