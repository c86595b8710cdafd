/**
 * A program: `node fetch-adapter-server.ts <name> <port>`. The same Hono app, as a user would start it on each server.
 */
import { serve as serveOnNode } from "@hono/node-server";
import { createAsyncServer } from "@tinyhttp/async-server";
import { fetchHandler, type FetchHandlerOptions } from "@tinyhttp/handler/fetch";
import { Hono } from "hono";
import { serve as serveOnSrvx } from "srvx/node";

const [name = "", port = "0"] = process.argv.slice(2);
const address = { port: Number(port), hostname: "127.0.0.1" };

const app = new Hono();
app.get("/", (c) => c.text("Hello World"));
app.get("/json", (c) => c.json({ hello: "world", agent: c.req.header("user-agent") ?? null }));
app.post("/echo", async (c) => c.json(await c.req.json()));

function serveOnTinyhttp(options?: FetchHandlerOptions): unknown {
  return createAsyncServer(fetchHandler(app.fetch, options)).listen({ port: address.port, host: address.hostname });
}

const servers: Readonly<Record<string, () => unknown>> = {
  tinyhttp: () => serveOnTinyhttp(),
  "tinyhttp, real Response": () => serveOnTinyhttp({ lightResponse: false }),
  "@hono/node-server": () => serveOnNode({ fetch: app.fetch, ...address }),
  srvx: () => serveOnSrvx({ fetch: app.fetch, silent: true, ...address }),
};

await servers[name]?.();
