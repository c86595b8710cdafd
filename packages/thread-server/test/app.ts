/** An app that does on request what threads must survive. */
import { type Handler, HttpError, type HttpResponse } from "@tinyhttp/handler";
import type { ThreadContext } from "../src/index.ts";

interface AppData {
  /** Throws while the module is loaded in the thread of this number. */
  readonly failsToLoad?: number;
  /** Throws a moment after it listens. */
  readonly crashesSoon?: boolean;
}

// Each thread has its own copy of the module, and a new one after a reload.
const loadedAt = process.hrtime.bigint();

export function createHandler({ thread, threads, data }: ThreadContext): Handler {
  const { failsToLoad, crashesSoon } = (data ?? {}) as AppData;
  if (failsToLoad === thread) throw new TypeError("Cannot make the app: it was told not to");
  if (crashesSoon === true) {
    setTimeout(() => {
      throw new Error("crashed soon");
    }, 20);
  }
  return ({ path, query }) => {
    if (path === "/who") return { status: 200, body: JSON.stringify({ thread, threads, loadedAt: String(loadedAt) }) };
    if (path === "/late") return late(Number(query));
    return { status: 200, body: fail(path) ?? "hello" };
  };
}

function late(ms: number): Promise<HttpResponse> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ status: 200, body: "late" }), ms);
  });
}

/** Ends the thread in one way or another. */
function fail(path: string): string | undefined {
  switch (path) {
    case "/exit":
      return process.exit(7);
    case "/throw":
      setImmediate(() => {
        throw new RangeError("thrown outside a request");
      });
      return "thrown";
    case "/reject":
      void Promise.reject(new RangeError("rejected outside a request"));
      return "rejected";
    case "/memory":
      return exhaustMemory();
    case "/hang":
      for (;;);
    case "/teapot":
      throw new HttpError(418, "teapot", "Cannot brew coffee");
    default:
      return undefined;
  }
}

function exhaustMemory(): never {
  const kept: unknown[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })));
}
