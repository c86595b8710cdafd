import { describe, expect, it } from "vitest";
import { loadApp, type ThreadContext } from "./app-module.ts";

const CONTEXT: ThreadContext = { threads: 2, thread: 1, data: "data", onClose: () => {} };
const handler = () => ({ status: 204 });

describe("loadApp", () => {
  it("takes a default export, and no options", async () => {
    expect(await loadApp({ default: handler }, CONTEXT)).toEqual({ handler, serverOptions: {} });
  });

  it("tells both functions about their thread", async () => {
    const seen: unknown[] = [];
    const app = await loadApp(
      {
        createHandler: (context) => {
          seen.push(context);
          return handler;
        },
        createServerOptions: async (context) => {
          seen.push(context);
          return { maxBodyBytes: 7 };
        },
      },
      CONTEXT,
    );
    expect(app).toEqual({ handler, serverOptions: { maxBodyBytes: 7 } });
    expect(seen).toEqual([CONTEXT, CONTEXT]);
  });

  it.each([
    ["nothing", {}, "Cannot use the module's default export as a handler"],
    ["two handlers", { default: handler, createHandler: () => handler }, "got both"],
    ["a factory that is none", { createHandler: 7 as never }, "expected createHandler to be a function, got a number"],
    [
      "options that are no function",
      { default: handler, createServerOptions: {} as never },
      "expected createServerOptions to be a function, got object",
    ],
  ])("refuses a module with %s", async (_, module, message) => {
    await expect(loadApp(module, CONTEXT)).rejects.toThrow(message);
  });
});
