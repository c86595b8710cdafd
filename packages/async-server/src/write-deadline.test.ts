import type { Socket } from "node:net";
import { DeadlineSweep } from "@tinyhttp/listener";
import { describe, expect, it } from "vitest";
import { type AsyncServerOptions, resolveSettings } from "./options.ts";
import { WriteDeadline } from "./write-deadline.ts";

interface FakeSocket {
  _handle?: { writeQueueSize: number };
  _parent?: { _handle: { writeQueueSize: number } };
}

interface Waiting {
  readonly deadline: WriteDeadline;
  /** Lets the time pass for which it waits. @returns Whether it then has given up. */
  readonly look: () => Promise<boolean>;
}

function started(socket: FakeSocket, options: AsyncServerOptions, bytes = 1000): Waiting {
  let isOver = false;
  const settings = resolveSettings(options);
  const onTimeout = (): void => void (isOver = true);
  const deadline = new WriteDeadline(socket as unknown as Socket, new DeadlineSweep(), settings, onTimeout);
  deadline.start(bytes);
  const look = async (): Promise<boolean> => {
    deadline.onDeadline();
    await new Promise(setImmediate);
    return isOver;
  };
  return { deadline, look };
}

describe("WriteDeadline", () => {
  it("is over when nothing has moved for as long as is allowed, after a first look", async () => {
    const { deadline, look } = started({ _handle: { writeQueueSize: 9000 } }, { writeTimeoutMs: 1000 });
    expect(deadline.deadline - performance.now()).toBeLessThanOrEqual(500);
    expect(await look()).toBe(false);
    expect(deadline.deadline - performance.now()).toBeGreaterThan(900);
    expect(await look()).toBe(true);
  });

  it.each(["_handle", "_parent"])("goes on while less waits in Node (%s)", async (where) => {
    const handle = { writeQueueSize: 9000 };
    const socket = where === "_handle" ? { _handle: handle } : { _parent: { _handle: handle } };
    const { deadline, look } = started(socket, { writeTimeoutMs: 1000 });
    for (; handle.writeQueueSize > 0; handle.writeQueueSize -= 1000) expect(await look()).toBe(false);
    deadline.stop();
  });

  it("is over when the least rate is not kept, though something moves", async () => {
    const handle = { writeQueueSize: 100_000 };
    const options = { writeTimeoutMs: 1000, minRateGraceMs: 500, minBytesPerSecond: 1000 };
    const { look } = started({ _handle: handle }, options, 2000);
    // Half a second, one, and one of the 2.5 that 2000 bytes and the grace make.
    for (const isOver of [false, false, true]) {
      handle.writeQueueSize--;
      expect(await look()).toBe(isOver);
    }
  });

  it("does not judge a wait by a look that was for the last one", async () => {
    const { deadline, look } = started({ _handle: { writeQueueSize: 9000 } }, { writeTimeoutMs: 1000 });
    expect(await look()).toBe(false);
    deadline.onDeadline();
    deadline.start(1000);
    await new Promise(setImmediate);
    expect(await look()).toBe(false);
    expect(await look()).toBe(true);
  });
});
