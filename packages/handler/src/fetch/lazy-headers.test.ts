import { describe, expect, it } from "vitest";
import { lazyHeaders } from "./lazy-headers.ts";

function headersOf(...lines: [string, string][]): Headers {
  return lazyHeaders(lines.flat());
}

describe("lazyHeaders", () => {
  const lines: [string, string][] = [
    ["Host", "h"],
    ["X-B", "1"],
    ["x-b", "2"],
    ["Accept", "*/*"],
  ];

  it("reads fields without case, and null for none", () => {
    const headers = headersOf(...lines);
    expect(headers).toBeInstanceOf(Headers);
    expect(headers.get("HOST")).toBe("h");
    expect(headers.get("x-B")).toBe("1, 2");
    expect(headers.get("x-none")).toBeNull();
    expect([headers.has("accept"), headers.has("x-none")]).toEqual([true, false]);
    expect(headers.getSetCookie()).toEqual([]);
  });

  it("lists fields as Headers do: lower case, sorted, joined", () => {
    const entries = [
      ["accept", "*/*"],
      ["host", "h"],
      ["x-b", "1, 2"],
    ];
    expect([...headersOf(...lines)]).toEqual(entries);
    expect([...headersOf(...lines).entries()]).toEqual(entries);
    expect([...headersOf(...lines).keys()]).toEqual(["accept", "host", "x-b"]);
    expect([...headersOf(...lines).values()]).toEqual(["*/*", "h", "1, 2"]);
    const seen: unknown[] = [];
    const headers = headersOf(...lines);
    headers.forEach((value, name, parent) => seen.push([name, value, parent === headers]));
    expect(seen).toEqual([
      ["accept", "*/*", true],
      ["host", "h", true],
      ["x-b", "1, 2", true],
    ]);
  });

  it("can be changed", () => {
    const headers = headersOf(...lines);
    headers.set("host", "other");
    headers.append("x-b", "3");
    headers.delete("accept");
    expect([headers.get("host"), headers.get("x-b"), headers.has("accept")]).toEqual(["other", "1, 2, 3", false]);
  });

  it("can be copied into Headers and into a Request", () => {
    expect([...new Headers(headersOf(...lines))]).toHaveLength(3);
    expect(new Request("http://h/", { headers: headersOf(["x-b", "1"]) }).headers.get("x-b")).toBe("1");
  });

  it("joins as Headers do, cookies with a semicolon", () => {
    const repeated: [string, string][] = [
      ["Cookie", "a=1"],
      ["accept", "b"],
      ["cookie", "c=2"],
      ["Accept", ""],
    ];
    for (const name of ["cookie", "Accept"])
      expect(headersOf(...repeated).get(name)).toBe(new Headers(repeated).get(name));
  });

  it("has every property of Headers", () => {
    for (const name of Object.getOwnPropertyNames(Headers.prototype)) {
      expect(typeof Reflect.get(headersOf(), name)).toBe("function");
    }
  });
});
