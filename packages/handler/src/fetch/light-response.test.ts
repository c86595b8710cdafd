import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fieldLines } from "../field-lines.ts";
import { installLightResponse, lightHttpResponse } from "./light-response.ts";

const RealResponse = globalThis.Response;
beforeAll(installLightResponse);
afterAll(() => {
  globalThis.Response = RealResponse;
});

const TEXT_TYPE = ["content-type", "text/plain;charset=UTF-8"];

describe("installLightResponse", () => {
  it.each<[string, BodyInit | null | undefined, ResponseInit | undefined, object]>([
    ["text", "a", undefined, { status: 200, headers: [TEXT_TYPE], body: "a" }],
    ["empty text", "", undefined, { status: 200, headers: [TEXT_TYPE], body: "" }],
    ["nothing", undefined, undefined, { status: 200, headers: [], body: null }],
    ["no body", null, { status: 204 }, { status: 204, headers: [], body: null }],
    ["a status", "a", { status: 404 }, { status: 404, headers: [TEXT_TYPE], body: "a" }],
    ["fields", "a", { headers: { "X-A": "1" } }, { status: 200, headers: [["X-A", "1"], TEXT_TYPE], body: "a" }],
    [
      "a type",
      "{}",
      { headers: { "Content-Type": "application/json" } },
      { status: 200, headers: [["Content-Type", "application/json"]], body: "{}" },
    ],
    [
      "Headers",
      "a",
      { headers: new Headers({ "content-type": "a/b" }) },
      { status: 200, headers: [["content-type", "a/b"]], body: "a" },
    ],
  ])("remembers %s", (_case, body, init, expected) => {
    expect(lightHttpResponse(new Response(body, init))).toEqual(expected);
  });

  it.each<[string, BodyInit | null, ResponseInit | undefined]>([
    ["bytes", new Uint8Array(1), undefined],
    ["a stream", new ReadableStream(), undefined],
    ["a form", new FormData(), undefined],
    ["a reason phrase", "a", { statusText: "Fine" }],
    ["pairs of fields", "a", { headers: [["x-a", "1"]] }],
    ["a value to trim", "a", { headers: { "x-a": " 1 " } }],
    ["a value beyond ASCII", "a", { headers: { "x-a": "é" } }],
  ])("makes a real Response of %s", (_case, body, init) => {
    const response = new Response(body, init);
    expect(lightHttpResponse(response)).toBeUndefined();
    expect(response).toBeInstanceOf(Response);
  });

  it.each<[string, BodyInit | null, ResponseInit]>([
    ["a status out of range", "a", { status: 199 }],
    ["a status out of range", "a", { status: 600 }],
    ["a body where there is none", "a", { status: 204 }],
    ["a body where there is none", "", { status: 304 }],
    ["a field name", "a", { headers: { "a b": "1" } }],
    ["a field value", "a", { headers: { "x-a": "1\r\nx-b: 2" } }],
    ["a field value", "a", { headers: { "x-a": "\u0100" } }],
  ])("refuses, as a real Response does, %s", (_case, body, init) => {
    expect(() => new RealResponse(body, init)).toThrow();
    expect(() => new Response(body, init)).toThrow();
  });

  it("gives one frozen list for a type that is all it is told", () => {
    const [first, second, other] = ["Content-Type", "Content-Type", "content-type"].map(
      (name) => lightHttpResponse(new Response("{}", { headers: { [name]: "application/json" } }))?.headers,
    );
    expect(first).toBe(second);
    expect([Object.isFrozen(first), first, other]).toEqual([
      true,
      [["Content-Type", "application/json"]],
      [["content-type", "application/json"]],
    ]);
  });

  it("is not changed by what happens to the arguments later", () => {
    const record: Record<string, string> = { "x-a": "1" };
    const headers = new Headers(record);
    const responses = [new Response("a", { headers: record }), new Response("a", { headers })];
    record["x-a"] = "2";
    headers.set("x-a", "2");
    expect(responses.map((response) => response.headers.get("x-a"))).toEqual(["1", "1"]);
  });

  it("has the properties of a real Response", () => {
    const light = new Response("a", { status: 404, headers: { "x-a": "1" } });
    const real = new RealResponse("a", { status: 404, headers: { "x-a": "1" } });
    for (const name of ["status", "statusText", "ok", "type", "url", "redirected", "bodyUsed"] as const) {
      expect([name, light[name]]).toEqual([name, real[name]]);
    }
    expect([...light.headers]).toEqual([...real.headers]);
    expect(light.body).toBeInstanceOf(ReadableStream);
    expect(Object.prototype.toString.call(light)).toBe("[object Response]");
  });

  it("has the statics of the real class, and its name", async () => {
    expect(await Response.json({ a: 1 }).json()).toEqual({ a: 1 });
    expect(Response.redirect("http://h/").status).toBe(302);
    expect(Response.error().status).toBe(0);
    expect(Response.name).toBe("Response");
  });

  it("reads its body once, in every way", async () => {
    const response = new Response('{"a":1}');
    expect(await response.json()).toEqual({ a: 1 });
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(lightHttpResponse(response)).toBeUndefined();
    expect(await new Response("é").bytes()).toEqual(new TextEncoder().encode("é"));
    expect(await new Response(null).text()).toBe("");
    expect(new Response(null).body).toBeNull();
  });

  it("shows changed fields to whoever looks, also to a clone", async () => {
    const response = new Response("a");
    response.headers.set("x-a", "1");
    response.headers.append("set-cookie", "a=1");
    response.headers.append("set-cookie", "b=2");
    expect([...fieldLines(lightHttpResponse(response)?.headers)]).toEqual([
      TEXT_TYPE,
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
      ["x-a", "1"],
    ]);
    const first = response.clone();
    response.headers.set("x-a", "2");
    const second = response.clone();
    expect([first.headers.get("x-a"), second.headers.get("x-a")]).toEqual(["1", "2"]);
    expect(await Promise.all([response.text(), first.text(), second.text()])).toEqual(["a", "a", "a"]);
  });

  it("is a template for another Response", async () => {
    const response = new Response("a", { status: 201, headers: { "x-a": "1" } });
    const other = new Response(response.body, response);
    expect([other.status, other.headers.get("x-a"), await other.text()]).toEqual([201, "1", "a"]);
    expect(new Response(null, new Response("a", { status: 201 })).status).toBe(201);
  });

  it("can be extended", async () => {
    class Page extends Response {
      readonly title = "t";
    }
    const page = new Page("a");
    expect(page).toBeInstanceOf(Page);
    expect(page).toBeInstanceOf(Response);
    expect(new Response("a")).not.toBeInstanceOf(Page);
    expect([page.title, await page.text()]).toEqual(["t", "a"]);
  });

  it("takes what the runtime makes for a Response, and nothing else", async () => {
    expect(await fetch("data:text/plain,a")).toBeInstanceOf(Response);
    expect({ status: 200 }).not.toBeInstanceOf(Response);
    expect(null).not.toBeInstanceOf(Response);
  });

  it("is installed once, and not in the place of somebody else's", () => {
    const light = globalThis.Response;
    installLightResponse();
    expect(globalThis.Response).toBe(light);
    class Other extends RealResponse {}
    globalThis.Response = Other;
    installLightResponse();
    expect(globalThis.Response).toBe(Other);
    globalThis.Response = light;
  });

  it("leaves a class that was there before this module was", async () => {
    const light = globalThis.Response;
    class Theirs extends RealResponse {}
    globalThis.Response = Theirs;
    vi.resetModules();
    const { installLightResponse: installAgain } = await import("./light-response.ts");
    installAgain();
    expect(globalThis.Response).toBe(Theirs);
    globalThis.Response = light;
  });

  it("is taken by what runtimes do with a Response, and shown as one", async () => {
    // Taken apart, and only then found to be no WebAssembly.
    const response = new Response("a", { headers: { "content-type": "application/wasm" } });
    await expect(WebAssembly.compileStreaming(response)).rejects.toThrow(WebAssembly.CompileError);
    expect(inspect(new Response("a", { status: 404 }))).toMatch(/^Response \{\s+status: 404/);
  });
});
