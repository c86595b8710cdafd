import { createListener } from "@tinyhttp/listener";
import { describe, expect, it } from "vitest";
import { claimAddress, decideSharing } from "./shared-port.ts";

describe("decideSharing", () => {
  it("shares a TCP port where the system spreads connections", () => {
    expect(decideSharing({ port: 80, host: "::1" }, "linux")).toEqual({
      address: { port: 80, host: "::1", reusePort: true },
      isShared: true,
    });
  });

  it.each(["darwin", "win32"] as const)("has one thread serve alone on %s, and says why", (platform) => {
    expect(decideSharing({ port: 80 }, platform)).toEqual({
      address: { port: 80, host: undefined },
      isShared: false,
      reason: `Cannot share port 80 between threads: ${platform} does not spread connections over them; one thread serves it alone`,
    });
  });

  it("has one thread serve a Unix socket", () => {
    const { isShared, address } = decideSharing({ path: "/run/a.sock", mode: 0o660 }, "linux");
    expect({ isShared, address }).toEqual({ isShared: false, address: { path: "/run/a.sock", mode: 0o660 } });
  });
});

describe("claimAddress", () => {
  it("refuses a port that another program shares with whoever wants to", async () => {
    const other = createListener((socket) => socket.destroy());
    const bound = await other.listen({ port: 0, reusePort: true });
    const port = bound.kind === "tcp" ? bound.port : 0;
    await expect(claimAddress({ port, reusePort: true })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await other.close();
    expect(await claimAddress({ port })).toBeGreaterThan(0);
  });
});
