import { describe, expect, it } from "vitest";
import { inheritedListenAddress } from "./inherited-socket.ts";

describe("inheritedListenAddress", () => {
  it("is the first inherited descriptor (sd_listen_fds(3))", () => {
    expect(inheritedListenAddress({ LISTEN_FDS: "1", LISTEN_PID: "42" }, 42)).toEqual({ fd: 3 });
  });

  it.each([
    ["nothing is set", {}],
    ["the variables are for another process", { LISTEN_FDS: "1", LISTEN_PID: "41" }],
    ["it is not said for whom", { LISTEN_FDS: "1" }],
  ])("is undefined when %s", (_, env) => {
    expect(inheritedListenAddress(env, 42)).toBeUndefined();
  });

  it.each(["0", "2", "many", ""])("refuses LISTEN_FDS=%j", (count) => {
    expect(() => inheritedListenAddress({ LISTEN_FDS: count, LISTEN_PID: "42" }, 42)).toThrow(
      `Cannot use the inherited sockets: LISTEN_FDS is "${count}", wanted "1"`,
    );
  });
});
