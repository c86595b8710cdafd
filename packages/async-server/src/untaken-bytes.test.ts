import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { untakenBytes } from "./untaken-bytes.ts";

const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

/** Both ends of a connection: what the first one writes, the second does not read yet. */
async function connection(): Promise<[Socket, Socket]> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1").pause();
  const [accepted] = (await once(server, "connection")) as [Socket];
  server.close();
  sockets.push(client, accepted);
  for (const socket of sockets) socket.on("error", () => {});
  return [accepted, client];
}

/** A socket of which only the system knows something. */
function withoutQueue(socket: Socket): Socket {
  const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
  return { _handle: { fd } } as unknown as Socket;
}

describe.runIf(process.platform === "linux")("untakenBytes", () => {
  it("counts what the system holds until the peer has acknowledged it", async () => {
    const [sender, receiver] = await connection();
    const held = withoutQueue(sender);
    expect(await untakenBytes(held)).toBe(0);
    sender.write(Buffer.alloc(64 * 1024 * 1024));
    // Both systems take what they have room for, some megabytes.
    let before = -1;
    await expect
      .poll(async () => before === (before = await untakenBytes(held)) && before > 0, { interval: 200 })
      .toBe(true);
    expect(await untakenBytes(sender)).toBeGreaterThan(before);
    receiver.resume();
    await expect.poll(() => untakenBytes(held)).not.toBe(before);
    await expect.poll(() => untakenBytes(sender), { timeout: 10_000 }).toBe(0);
  });
});
