/** A Hono app on our server. Any object with a web-standard `fetch(request)` will do. */
import { createAsyncServer } from "@tinyhttp/async-server";
import type { HttpRequest } from "@tinyhttp/handler";
import { fetchHandler } from "@tinyhttp/handler/fetch";
import { Hono } from "hono";

// What Hono calls its bindings is our own request: the peer's address, for one, is no part of a web-standard Request.
const app = new Hono<{ Bindings: HttpRequest }>()
  .get("/", (context) => context.text("Hello from Hono\n"))
  .get("/users/:id", (context) => context.json({ id: context.req.param("id"), from: context.env.peer.address }))
  .post("/echo", async (context) => context.body(await context.req.arrayBuffer()));

const server = createAsyncServer(fetchHandler((request, httpRequest) => app.fetch(request, httpRequest)));
const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
console.log(url);
