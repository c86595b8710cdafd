import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { DeadlineSweep } from "@tinyhttp/listener";
import { describe, expect, it } from "vitest";
import { resolveSettings } from "./options.ts";
import { WriteDeadline } from "./write-deadline.ts";

/** A socket of which nothing but its timeout is known, and what it was made on. */
class QuietSocket extends EventEmitter {
  _parent: { _handle: { writeQueueSize: number } } | undefined;
  timeouts: number[] = [];

  setTimeout(ms: number): void {
    this.timeouts.push(ms);
  }
}

function started(socket: QuietSocket): WriteDeadline {
  const settings = resolveSettings({ writeTimeoutMs: 30_000 });
  const deadline = new WriteDeadline(socket as unknown as Socket, new DeadlineSweep(), settings, () => {});
  deadline.start(1000);
  return deadline;
}

describe("WriteDeadline", () => {
  it("is over when nothing has moved for as long as is allowed", () => {
    const socket = new QuietSocket();
    const deadline = started(socket);
    expect(deadline.deadline).toBeGreaterThan(performance.now() + 20_000);
    socket.emit("timeout");
    expect(deadline.deadline).toBeLessThanOrEqual(performance.now());
    deadline.stop();
  });

  it("goes on while what an encrypted connection has queued gets less, of which Node says nothing", () => {
    const socket = new QuietSocket();
    const handle = { writeQueueSize: 9000 };
    socket._parent = { _handle: handle };
    const deadline = started(socket);
    handle.writeQueueSize = 8000;
    socket.emit("timeout");
    expect(deadline.deadline).toBeGreaterThan(performance.now());
    expect(socket.timeouts).toEqual([30_000, 30_000]);
    socket.emit("timeout");
    expect(deadline.deadline).toBeLessThanOrEqual(performance.now());
    deadline.stop();
  });
});
