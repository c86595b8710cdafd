/** The app of `threads.ts`: `/hello` is little more than HTTP, `/compute` half a millisecond of work. */
import { createHash } from "node:crypto";
import type { Handler, HttpResponse } from "@tinyhttp/handler";

const HELLO: HttpResponse = Object.freeze({ status: 200, body: "hello" });
const INPUT: Uint8Array = new Uint8Array(512 * 1024);

export function createHandler(): Handler {
  return ({ path }) =>
    path === "/compute" ? { status: 200, body: createHash("sha256").update(INPUT).digest("hex") } : HELLO;
}
