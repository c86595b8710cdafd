import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKey, type KeyRing, listKeys, openKeyFile, revokeKey, rotateKey, verifyKey } from "../src/index.ts";

/** What we believe of a key. */
interface Belief {
  readonly text: string;
  readonly id: string;
  readonly holder: string;
  readonly from: number;
  readonly lifetime: number | undefined;
  end: number;
}

interface Model {
  now: number;
  readonly keys: Belief[];
}

interface Real {
  readonly path: string;
  readonly ring: KeyRing;
}

type Command = fc.AsyncCommand<Model, Real>;

function liveKeys(model: Model, holder: string): number {
  return model.keys.filter((key) => key.holder === holder && model.now < key.end).length;
}

// A running server, and a look into the file, must both agree with the model about every key there ever was.
async function checkAll({ now, keys }: Model, { path, ring }: Real): Promise<void> {
  await nextTurn();
  for (const { text, id, from, end } of keys) {
    const works = now >= from && now < end;
    expect(ring.verify(text, now).ok).toBe(works);
    expect(ring.find(id, now) !== undefined).toBe(works);
    expect(verifyKey(path, text, { now }).ok).toBe(works);
  }
  const listed = keys.length === 0 ? [] : listKeys(path, { now });
  expect(listed.filter(({ state }) => state === "active").map(({ id }) => id)).toEqual(
    keys.filter(({ from, end }) => now >= from && now < end).map(({ id }) => id),
  );
}

class Create implements Command {
  readonly holder: string;
  readonly delay: number;
  readonly lifetime: number | undefined;

  constructor(holder: string, delay: number, lifetime: number | undefined) {
    this.holder = holder;
    this.delay = delay;
    this.lifetime = lifetime;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const { now } = model;
    const from = now + this.delay;
    const expires = this.lifetime === undefined ? undefined : from + this.lifetime;
    const made = createKey(real.path, { holder: this.holder, notBefore: from, expires, now });
    if (liveKeys(model, this.holder) >= 2) {
      await expect(made).rejects.toMatchObject({ code: "too-many-live-keys" });
    } else {
      const { key, text } = await made;
      const belief = { id: key.id, holder: this.holder, from, lifetime: this.lifetime, end: expires ?? Infinity };
      model.keys.push({ text: text.reveal(), ...belief });
    }
    await checkAll(model, real);
  }
  toString = (): string => `create(${this.holder}, +${this.delay}, ${this.lifetime})`;
}

class Rotate implements Command {
  readonly index: number;
  readonly overlapMs: number;

  constructor(index: number, overlapMs: number) {
    this.index = index;
    this.overlapMs = overlapMs;
  }
  check = (model: Readonly<Model>): boolean => model.keys.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const { now } = model;
    const old = model.keys[this.index % model.keys.length] as Belief;
    const rotated = rotateKey(real.path, old.id, { overlapMs: this.overlapMs, now });
    if (now >= old.end) await expect(rotated).rejects.toMatchObject({ code: "not-live" });
    else if (liveKeys(model, old.holder) >= 2)
      await expect(rotated).rejects.toMatchObject({ code: "too-many-live-keys" });
    else {
      const { key, text } = await rotated;
      old.end = Math.min(old.end, now + this.overlapMs);
      const from = Math.max(old.from, now);
      const end = old.lifetime === undefined ? Infinity : from + old.lifetime;
      model.keys.push({ ...old, text: text.reveal(), id: key.id, from, end });
    }
    await checkAll(model, real);
  }
  toString = (): string => `rotate(${this.index}, ${this.overlapMs})`;
}

class Revoke implements Command {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
  check = (model: Readonly<Model>): boolean => model.keys.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const key = model.keys[this.index % model.keys.length] as Belief;
    await revokeKey(real.path, key.id, { now: model.now });
    key.end = Math.min(key.end, model.now);
    await checkAll(model, real);
  }
  toString = (): string => `revoke(${this.index})`;
}

class Wait implements Command {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    model.now += this.ms;
    await checkAll(model, real);
  }
  toString = (): string => `wait(${this.ms})`;
}

const COMMANDS = [
  fc
    .tuple(
      fc.constantFrom("ann", "bob"),
      fc.constantFrom(0, 50),
      fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
    )
    .map(([holder, delay, lifetime]) => new Create(holder, delay, lifetime)),
  fc.tuple(fc.nat(9), fc.constantFrom(0, 30, 1000)).map(([index, overlap]) => new Rotate(index, overlap)),
  fc.nat(9).map((index) => new Revoke(index)),
  fc.integer({ min: 1, max: 120 }).map((ms) => new Wait(ms)),
];

describe("keys", () => {
  it("live exactly as long as creating, rotating, revoking and time say, in a server that was started before", async () => {
    const directory = mkdtempSync(join(tmpdir(), "auth-modes-model-"));
    let run = 0;
    const property = fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 25 }), async (commands) => {
      const path = join(directory, `${run++}.json`);
      // A first key, since a server does not start without a file.
      const { key } = await createKey(path, { holder: "first", now: 0 });
      await revokeKey(path, key.id, { now: 0 });
      const ring = openKeyFile(path);
      await fc.asyncModelRun(() => ({ model: { now: 1_000_000, keys: [] }, real: { path, ring } }), commands);
      await ring.close();
    });
    await fc.assert(property, { numRuns: 40 });
    rmSync(directory, { recursive: true });
  });
});
