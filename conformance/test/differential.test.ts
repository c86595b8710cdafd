import { describe, expect, it } from "vitest";

import { cut, everySplit, sampleSplits } from "../src/delivery.ts";
import { differencesOf, faultsOf, formatDifferences, type Column } from "../src/differential-table.ts";
import { groupOf } from "../src/explanations.ts";
import { outcomeOf, type Outcome, type Verdict } from "../src/outcome.ts";
import { readResponses } from "../src/response-reader.ts";
import { loadRequestVectors, type RequestVector } from "../src/vectors.ts";

function named(id: string): RequestVector {
  const vector = loadRequestVectors().find((candidate) => candidate.id === id);
  if (vector === undefined) throw new Error(`no vector ${id}`);
  return vector;
}

function column(name: string, ...verdicts: Verdict[]): Column {
  return { name, version: "1.0.0", outcomes: verdicts.map((verdict): Outcome => ({ verdict, label: verdict })) };
}

describe("outcomeOf", () => {
  it.each([
    ["get-root", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "open", "accepts", "200"],
    ["get-root", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "closed", "refuses", "400×"],
    ["get-root", "", "closed", "refuses", "×"],
    ["get-root", "", "open", "waits", "…"],
    ["get-root", "<html>no HTTP/0.9 here</html>\r\n\r\n", "closed", "refuses", "?×"],
    ["keep-two", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "closed", "closes", "200×"],
    ["host-missing", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "open", "accepts", "200"],
    ["prefix-15", "", "open", "waits", "…"],
    ["expect-continue", "HTTP/1.1 100 Continue\r\n\r\n", "open", "waits", "…"],
  ] as const)("sees, for %s and %j, then %s, that the server %s", (id, text, end, verdict, label) => {
    const sequence = readResponses(text, ["GET"], end === "closed");
    expect(outcomeOf(named(id), { ...sequence, end, bytesBeforeFin: 0 })).toEqual({ verdict, label });
  });
});

describe("faultsOf", () => {
  const ours = column("ours", "accepts");

  it("finds what two peers refuse and we accept", () => {
    const vectors = [named("get-root")];
    const differences = differencesOf(vectors, ours, [column("a", "refuses"), column("b", "refuses")]);
    expect(differences.map(({ vector }) => vector.id)).toEqual(["get-root"]);
    expect(faultsOf(differences)).toHaveLength(1);
    const explained = [named("te-http-1-0")];
    const refused = differencesOf(explained, ours, [column("a", "refuses"), column("b", "refuses")]);
    expect(faultsOf(refused)).toEqual(["te-http-1-0 is accepted here and refused by 2 peers"]);
  });

  it("lets a named rule stand against two peers, and any explanation against one", () => {
    const bws = [named("te-chunk-ext-bws-before-semicolon")];
    expect(faultsOf(differencesOf(bws, ours, [column("a", "refuses"), column("b", "refuses")]))).toEqual([]);
    const one = [named("te-http-1-0")];
    expect(faultsOf(differencesOf(one, ours, [column("a", "refuses"), column("b", "accepts")]))).toEqual([]);
  });

  it("wants an explanation for each difference", () => {
    const differences = differencesOf([named("get-root")], ours, [column("a", "refuses")]);
    expect(faultsOf(differences).join()).toContain("does not say why");
  });
});

describe("formatDifferences", () => {
  it("writes a table in which the cells that differ stand out", () => {
    const vectors = [named("te-http-1-0"), named("get-root")];
    const ours = column("ours", "refuses", "accepts");
    const peers = [column("a", "accepts", "accepts"), column("b", "refuses", "accepts")];
    const text = formatDifferences(vectors, ours, peers, differencesOf(vectors, ours, peers));
    expect(text).toContain("| te-http-1-0 | 9112 6.1 | refuses | **accepts** | refuses |");
    expect(text).not.toContain("| get-root |");
    expect(text).toContain("| a | 1.0.0 | 0 | 1 |");
  });
});

describe("groupOf", () => {
  it("explains nothing that every server agrees on by nature", () => {
    expect(groupOf("get-root")).toBeUndefined();
    expect(groupOf("keep-two")).toBeUndefined();
  });
});

describe("cut", () => {
  it("keeps every byte, whatever the delivery", () => {
    const raw = "x".repeat(3000);
    expect(cut("abc", "byte-at-a-time")).toEqual(["a", "b", "c"]);
    expect(cut(raw, "byte-at-a-time").join("")).toBe(raw);
    expect(everySplit("abcd").map((delivery) => cut("abcd", delivery))).toEqual([
      ["a", "bcd"],
      ["ab", "cd"],
      ["abc", "d"],
    ]);
    expect(sampleSplits(raw, 4)).toHaveLength(4);
    expect(sampleSplits("a", 4)).toEqual([]);
  });
});
