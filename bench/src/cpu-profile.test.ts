import { describe, expect, it } from "vitest";
import { selfTimes } from "./cpu-profile.ts";

function node(
  id: number,
  functionName: string,
  url = "",
  lineNumber = -1,
): Parameters<typeof selfTimes>[0]["nodes"][0] {
  return { id, callFrame: { functionName, url, lineNumber } };
}

describe("selfTimes", () => {
  it("adds up one function seen in several places of the tree, and leaves idle time out", () => {
    const url = "file:///repository/packages/http-parser/src/request-parser.ts";
    const profile = {
      startTime: 0,
      nodes: [node(1, "(idle)"), node(2, "next", url, 41), node(3, "next", url, 41), node(4, "(program)")],
      samples: [2, 1, 3, 4],
      timeDeltas: [0, 20, 1000, 40, 40],
    };
    expect(selfTimes(profile, 0)).toEqual([
      { functionName: "next", place: "http-parser/src/request-parser.ts:42", share: 0.6 },
      { functionName: "(program)", place: "", share: 0.4 },
    ]);
  });
  it("leaves out what came before the given time", () => {
    const profile = {
      startTime: 5000,
      nodes: [node(1, "compile"), node(2, "next")],
      samples: [1, 1, 2, 2],
      timeDeltas: [0, 100, 100, 100],
    };
    expect(selfTimes(profile, 5200)).toEqual([{ functionName: "next", place: "", share: 1 }]);
  });
});
