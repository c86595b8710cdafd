import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { loadRequestVectors } from "../src/vectors.ts";

const vectors = loadRequestVectors();

describe("loadRequestVectors", () => {
  it("gives every vector a name of its own", () => {
    const ids = vectors.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("holds one character per byte", () => {
    const bytes = /^[\x00-\xff]*$/;
    expect(vectors.filter(({ raw }) => !bytes.test(raw)).map(({ id }) => id)).toEqual([]);
  });

  it("expects messages that stand in the bytes, in order", () => {
    const astray = vectors.filter(({ raw, expect: { messages } }) => {
      let offset = 0;
      return messages.some(({ method, target }) => {
        offset = raw.indexOf(`${method} ${target} `, offset);
        if (offset === -1) return true;
        offset += method.length;
        return false;
      });
    });
    expect(astray.map(({ id }) => id)).toEqual([]);
  });

  it("says with which statuses a request may be refused, and only then", () => {
    const wrong = vectors.filter(
      ({ expect: { outcome, status } }) => (outcome === "reject") !== (status !== undefined),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it("accepts only requests that a connection ends with, or that leave it open", () => {
    const wrong = vectors.filter(({ expect: { messages } }) =>
      messages.slice(0, -1).some(({ keepAlive }) => !keepAlive),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it("is what DIFFERENTIAL.md was made from", () => {
    const table = readFileSync(new URL("../DIFFERENTIAL.md", import.meta.url), "utf8");
    expect(table).toContain(`(${vectors.length} requests)`);
  });
});
