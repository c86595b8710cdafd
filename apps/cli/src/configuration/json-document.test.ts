import { describe, expect, it } from "vitest";
import { JsonError, readJson, type JsonNode } from "./json-document.ts";

function plain(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "array") return node.items.map(plain);
  return Object.fromEntries([...node.members].map(([name, member]) => [name, plain(member.node)]));
}

describe("readJson", () => {
  it.each([
    ["{}"],
    ["[]"],
    [' { "a" : [ 1 , -0.5e+3 , true , false , null ] } \n'],
    ['{"a":{"b":{"c":"d"}}}'],
    [String.raw`["\"\\\/\b\f\n\r\t\u0041\ud83d\ude00", "ä", ""]`],
    ['"alone"'],
    ["0"],
  ])("reads %j as JSON.parse does", (text) => {
    expect(plain(readJson(text))).toEqual(JSON.parse(text));
  });

  it("says where each name and value stands", () => {
    const root = readJson('{\n  "a": 1,\n  "b": { "c": [true] }\n}');
    if (root.kind !== "object") throw new Error("expected an object");
    expect(root.members.get("a")).toMatchObject({
      place: { line: 2, column: 3 },
      node: { place: { line: 2, column: 8 } },
    });
    expect(root.members.get("b")).toMatchObject({
      place: { line: 3, column: 3 },
      node: { place: { line: 3, column: 8 } },
    });
  });

  it("keeps a name that every object has as a name", () => {
    const root = readJson('{ "__proto__": 1 }');
    expect(root.kind === "object" && [...root.members.keys()]).toEqual(["__proto__"]);
  });

  it.each([
    ["", 1, 1, "expected a value, got the end"],
    ["{", 1, 2, "expected a name in double quotes, got the end"],
    ["{ a: 1 }", 1, 3, 'expected a name in double quotes, got "a"'],
    ["{ 'a': 1 }", 1, 3, `expected a name in double quotes, got "'"`],
    ['{ "a" 1 }', 1, 7, 'expected a colon behind the name, got "1"'],
    ['{ "a": 1\n  "b": 2 }', 2, 3, 'expected a comma or }, got "\\""'],
    ['{ "a": 1, }', 1, 11, 'expected a name in double quotes, got "}"'],
    ["[1,]", 1, 4, 'expected a value, got "]"'],
    ["[01]", 1, 3, 'expected a comma or ], got "1"'],
    ['{ "a": 1 } x', 1, 12, 'expected nothing behind the last brace, got "x"'],
    ['{\n  // why\n  "a": 1 }', 2, 3, "JSON has no comments; leave it out"],
    ['{ "a": "\n" }', 1, 8, 'expected a string, got "\\""'],
    ['{ "a": 1, "b": 2,\n"a": 3 }', 2, 1, '"a" is there twice; leave one of them out'],
    ["[".repeat(1000), 1, 33, 'expected at most 32 brackets in each other, got "["'],
  ])("refuses %j at line %i, column %i", (text, line, column, message) => {
    let error: unknown;
    try {
      readJson(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(JsonError);
    expect(error).toMatchObject({ message, place: { line, column } });
  });
});
