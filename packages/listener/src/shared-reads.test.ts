import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createListener } from "./listener.ts";
import { receiveBytes } from "./shared-reads.ts";

let cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps = [];
});

interface Pair {
  readonly client: Socket;
  readonly served: Socket;
  /** Copies of what was received, and the very bytes. */
  readonly copies: string[];
  readonly views: Uint8Array[];
  readonly close: () => Promise<void>;
}

async function pair(): Promise<Pair> {
  const copies: string[] = [];
  const views: Uint8Array[] = [];
  const sockets: Socket[] = [];
  const listener = createListener(
    (socket) => {
      socket.on("error", () => {});
      receiveBytes(socket, {
        onBytes: (bytes) => {
          copies.push(Buffer.from(bytes).toString());
          views.push(bytes);
        },
      });
      sockets.push(socket);
    },
    { sharedReads: true },
  );
  const address = await listener.listen({ port: 0 });
  const client = connect({ port: address.kind === "tcp" ? address.port : 0, allowHalfOpen: true });
  client.on("error", () => {});
  cleanUps.push(() => client.destroy());
  await expect.poll(() => sockets.length).toBe(1);
  return { client, served: sockets[0] as Socket, copies, views, close: () => listener.close() };
}

/** What a socket's handle inherits `useUserBuffer` from. */
function ownerOfUseUserBuffer(): object {
  const socket = connect({ port: 1, host: "127.0.0.1" }).on("error", () => {});
  let owner = (socket as unknown as { _handle: object })._handle;
  while (!Object.hasOwn(owner, "useUserBuffer")) owner = Object.getPrototypeOf(owner) as object;
  socket.destroy();
  return owner;
}

describe.each(["shared", "forwarded"])("receiveBytes, %s", (way) => {
  async function receiving(): Promise<Pair> {
    if (way === "shared") return pair();
    const owner = ownerOfUseUserBuffer();
    const descriptor = Object.getOwnPropertyDescriptor(owner, "useUserBuffer") ?? {};
    Reflect.deleteProperty(owner, "useUserBuffer");
    try {
      return await pair();
    } finally {
      Object.defineProperty(owner, "useUserBuffer", descriptor);
    }
  }

  it("receives what comes in, in order", async () => {
    const { client, copies } = await receiving();
    client.write("one");
    await expect.poll(() => copies.join("")).toBe("one");
    client.write("two");
    await expect.poll(() => copies.join("")).toBe("onetwo");
  });

  it("receives the end after the last bytes, and can still write", async () => {
    const { client, served, copies } = await receiving();
    served.on("end", () => served.end(`after ${copies.join("")}`));
    client.end("last");
    const [answer] = (await once(client, "data")) as [Buffer];
    expect(answer.toString()).toBe("after last");
  });

  it("receives nothing while the socket is paused", async () => {
    const { client, served, copies } = await receiving();
    served.pause();
    client.write("early");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(copies).toEqual([]);
    served.resume();
    await expect.poll(() => copies).toEqual(["early"]);
  });

  it("hands over to another receiver", async () => {
    const { client, served, copies } = await receiving();
    let rest = "";
    receiveBytes(served, { onBytes: (bytes) => (rest += Buffer.from(bytes).toString()) });
    client.write("for the second");
    await expect.poll(() => rest).toBe("for the second");
    expect(copies).toEqual([]);
  });

  it("closes when the client resets", async () => {
    const { client, served } = await receiving();
    client.resetAndDestroy();
    await expect.poll(() => served.closed).toBe(true);
  });

  it("lets close settle when its connections have ended", async () => {
    const { client, served, close } = await receiving();
    const closed = close();
    client.destroy();
    served.destroy();
    await closed;
  });
});

describe("receiveBytes", () => {
  it("lends the same memory for each connection", async () => {
    const first = await pair();
    const second = await pair();
    first.client.write("first");
    second.client.write("second");
    await expect.poll(() => first.views.length + second.views.length).toBe(2);
    expect(first.views[0]?.buffer).toBe(second.views[0]?.buffer);
  });
});
