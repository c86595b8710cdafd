import { describe, expect, it } from "vitest";
import { CounterSum, VitalSigns } from "./vital-signs.ts";

const COUNTERS = {
  requests: 10,
  answering: 2,
  malformed: 3,
  timedOut: 4,
  connections: { open: 5, accepted: 6, refused: 7, errors: 8 },
};

describe("VitalSigns", () => {
  it("is read where its memory is shared", () => {
    const signs = new VitalSigns();
    new VitalSigns(signs.buffer).write(COUNTERS);
    expect(signs.beats).toBe(1n);
    expect(new CounterSum().add(signs).toCounters()).toEqual(COUNTERS);
  });
});

describe("CounterSum", () => {
  it("keeps what a thread that is gone has done, not what it had in hand", () => {
    const gone = new VitalSigns();
    gone.write(COUNTERS);
    const alive = new VitalSigns();
    alive.write({ ...COUNTERS, requests: 1 });
    const sum = new CounterSum().addFinal(gone).copy().add(alive);
    expect(sum.toCounters()).toEqual({
      requests: 11,
      answering: 2,
      malformed: 6,
      timedOut: 8,
      connections: { open: 5, accepted: 12, refused: 14, errors: 16 },
    });
  });
});
