import { connect } from "node:net";
import { contractHandler, serverContract } from "@tinyhttp/server-contract";
import { afterAll, beforeAll } from "vitest";
import { createAsyncServer } from "../src/index.ts";

// Without it, reads are not shared, and connections have `data` events.
const NEEDED = "useUserBuffer";
const owner = ownerOfNeeded();
const descriptor = Object.getOwnPropertyDescriptor(owner, NEEDED) ?? {};

function ownerOfNeeded(): object {
  const socket = connect({ port: 1, host: "127.0.0.1" }).on("error", () => {});
  let found = (socket as unknown as { _handle: object })._handle;
  while (!Object.hasOwn(found, NEEDED)) found = Object.getPrototypeOf(found) as object;
  socket.destroy();
  return found;
}

beforeAll(() => {
  Reflect.deleteProperty(owner, NEEDED);
});

afterAll(() => {
  Object.defineProperty(owner, NEEDED, descriptor);
});

serverContract("AsyncServer without shared reads", async (options) => {
  const server = createAsyncServer(contractHandler, { ...options, onError: () => {} });
  const address = await server.listen({ port: 0 });
  return { address, close: (deadlineMs) => server.close({ deadlineMs }) };
});
