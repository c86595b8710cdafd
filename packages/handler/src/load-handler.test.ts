import { describe, expect, it } from "vitest";
import { FakeRequest } from "../test/fake-request.ts";
import { loadHandler } from "./load-handler.ts";

const handler = () => ({ status: 200, body: "handler" });
const failing = (): never => {
  throw new Error("no database");
};
class App {
  readonly #text = "app";
  fetch(request: Request): Response {
    return new Response(`${this.#text} ${new URL(request.url).pathname}`);
  }
}

async function bodyOf(module: unknown): Promise<string> {
  const answer = await (await loadHandler(module))(new FakeRequest("/x"));
  return typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body as Uint8Array);
}

describe("loadHandler", () => {
  it.each<[string, unknown, string]>([
    ["a default handler", { default: handler }, "handler"],
    ["a default fetch object, called as its method", { default: new App() }, "app /x"],
    [
      "a default function that has fetch",
      { default: Object.assign(() => undefined, { fetch: () => new Response("callable") }) },
      "callable",
    ],
    ["createHandler that gives a handler", { createHandler: () => handler }, "handler"],
    ["createHandler that promises a fetch object", { createHandler: async () => new App() }, "app /x"],
    ["a default handler among other exports", { default: handler, fetch: 1, helper: handler }, "handler"],
  ])("takes %s", async (_case, module, body) => {
    expect(await bodyOf(module)).toBe(body);
  });

  it.each<[string, unknown, string]>([
    ["nothing exported", {}, "Cannot use the module's default export as a handler: .*; got nothing"],
    ["no module", undefined, "got nothing"],
    ["a default object without fetch", { default: { get: handler } }, "got an object without fetch"],
    ["a default string", { default: "app" }, "got a string"],
    ["a default null", { default: null }, "got null"],
    [
      "a node:http listener",
      { default: (_request: unknown, _response: unknown) => undefined },
      "got a function of 2 arguments",
    ],
    [
      "both exports",
      { default: handler, createHandler: () => handler },
      "expected a default export or createHandler, got both",
    ],
    ["createHandler that is no function", { createHandler: handler() }, "expected createHandler to be a function"],
    [
      "createHandler that gives nothing",
      { createHandler: () => undefined },
      "Cannot use the result of createHandler as a handler",
    ],
  ])("refuses %s and says what would be right", async (_case, module, message) => {
    await expect(loadHandler(module)).rejects.toThrow(TypeError);
    await expect(loadHandler(module)).rejects.toThrow(new RegExp(message));
  });

  it("passes on what createHandler throws", async () => {
    await expect(loadHandler({ createHandler: failing })).rejects.toThrow("no database");
  });
});
