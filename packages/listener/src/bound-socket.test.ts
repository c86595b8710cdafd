import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { boundSocket } from "./bound-socket.ts";
import { createListener } from "./listener.ts";

let bound: net.BoundSocket | undefined;

afterEach(() => {
  bound?.close();
  bound = undefined;
});

describe.runIf("BoundSocket" in net)("boundSocket", () => {
  it("has an IPv4 address at once, loopback unless told otherwise", () => {
    bound = boundSocket({ port: 0 });
    expect(bound?.address()).toMatchObject({ address: "127.0.0.1", family: "IPv4" });
  });

  it.each([
    ["a name", { port: 0, host: "localhost" }],
    ["an IPv6 address", { port: 0, host: "::1" }],
    ["a Unix socket", { path: "/nowhere" }],
  ])("leaves %s to Node", (_, address) => {
    expect(boundSocket(address)).toBeUndefined();
  });

  it("is given back by a listener that listens already", async () => {
    const first = new net.BoundSocket({ host: "127.0.0.1", port: 0 });
    const { port } = first.address();
    first.close();
    const listener = createListener((socket) => socket.destroy());
    await listener.listen({ port: 0 });
    await expect(listener.listen({ port })).rejects.toThrow();
    bound = boundSocket({ port });
    expect(bound?.address()).toMatchObject({ port });
    await listener.close();
  });

  it("throws what the system said", () => {
    expect(() => boundSocket({ port: 0, host: "192.0.2.1" })).toThrow(
      expect.objectContaining({ code: "EADDRNOTAVAIL" }),
    );
  });
});

const CLUSTER = `
  import cluster from "node:cluster";
  import { createListener } from ${JSON.stringify(new URL("listener.ts", import.meta.url).href)};
  if (cluster.isPrimary) {
    const ports = new Set();
    let listening = 0;
    cluster.on("listening", (_, { port }) => {
      ports.add(port);
      if (++listening === 2) process.stdout.write(String(ports.size), () => process.exit());
    });
    cluster.fork();
    cluster.fork();
  } else {
    await createListener(() => {}).listen({ port: 0 });
  }`;

describe("Listener in a cluster", () => {
  it("shares the port of its primary", () => {
    const directory = mkdtempSync(join(tmpdir(), "cluster-"));
    const program = join(directory, "program.mjs");
    writeFileSync(program, CLUSTER);
    const { stdout } = spawnSync(process.execPath, [program], { encoding: "utf8", timeout: 20_000 });
    rmSync(directory, { recursive: true });
    expect(stdout).toBe("1");
  });
});
