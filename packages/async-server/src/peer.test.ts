import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { peerOf } from "./peer.ts";

describe("peerOf", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::ffff:1", "::ffff:1"],
    ["2001:db8::1", "2001:db8::1"],
    [undefined, ""],
  ])("gives the address of %s as %s", (remoteAddress, address) => {
    expect(peerOf({ remoteAddress, remotePort: 7 } as Socket)).toEqual({ address, port: 7, encrypted: false });
  });
});
