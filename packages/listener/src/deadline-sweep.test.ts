import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Deadline, DeadlineSweep } from "./deadline-sweep.ts";

class Watched implements Deadline {
  deadline: number;
  expired = 0;

  constructor(deadline: number) {
    this.deadline = deadline;
  }

  onDeadline(): void {
    this.expired++;
  }
}

describe("DeadlineSweep", () => {
  let sweep: DeadlineSweep;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setImmediate", "performance"] });
    sweep = new DeadlineSweep(1000);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watch(inMs: number): Watched {
    const entry = new Watched(performance.now() + inMs);
    sweep.add(entry);
    return entry;
  }

  it("reports a deadline once, at most a period late", () => {
    const entry = watch(1500);
    vi.advanceTimersByTime(1400);
    expect(entry.expired).toBe(0);
    vi.advanceTimersByTime(600);
    expect(entry.expired).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(entry.expired).toBe(1);
    expect(entry.deadline).toBe(Infinity);
  });

  it("follows a deadline that was moved", () => {
    const entry = watch(1500);
    entry.deadline += 2000;
    vi.advanceTimersByTime(3000);
    expect(entry.expired).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(entry.expired).toBe(1);
  });

  it("never reports Infinity, nor what was deleted", () => {
    const never = watch(Infinity);
    const deleted = watch(500);
    sweep.delete(deleted);
    vi.advanceTimersByTime(10_000);
    expect([never.expired, deleted.expired]).toEqual([0, 0]);
  });

  it("adds the time that the process was stopped to every deadline", () => {
    const soon = watch(2500);
    const later = watch(5000);
    vi.advanceTimersByTime(1000);
    // What SIGSTOP looks like from inside: the clock has moved, and one tick comes late instead of sixty.
    const stopped = performance.now() + 60_000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => stopped);
    vi.advanceTimersToNextTimer();
    clock.mockRestore();
    vi.advanceTimersByTime(0);
    expect([soon.expired, later.expired]).toEqual([0, 0]);
    expect(soon.deadline).toBe(2500 + 59_000);
  });

  it("lets the event loop read what came in meanwhile before a deadline that passed is reported", () => {
    const entry = watch(1500);
    vi.advanceTimersByTime(1000);
    const stopped = performance.now() + 60_000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => stopped);
    vi.advanceTimersToNextTimer();
    clock.mockRestore();
    expect(entry.expired).toBe(0);
    entry.deadline = Infinity;
    vi.advanceTimersByTime(0);
    expect(entry.expired).toBe(0);
  });

  it("reports deadlines also when every sweep is late", () => {
    const entry = watch(4500);
    let lateNow = performance.now();
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (lateNow += 3000));
    for (let tick = 0; tick < 10; tick++) vi.advanceTimersToNextTimer();
    clock.mockRestore();
    expect(entry.expired).toBe(1);
  });

  it("holds a timer only while it watches something", () => {
    expect(vi.getTimerCount()).toBe(0);
    const entry = watch(1000);
    expect(vi.getTimerCount()).toBe(1);
    sweep.delete(entry);
    expect(vi.getTimerCount()).toBe(0);
    expect(sweep.size).toBe(0);
  });
});
