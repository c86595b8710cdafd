/** Our directory handler inside somebody else's server: under /files of a Fastify app, by way of the fetch shape. */
import { getRequestListener } from "@hono/node-server";
import { fileURLToPath } from "node:url";
import { toFetch } from "@tinyhttp/handler/fetch";
import { staticFiles } from "@tinyhttp/static-files";
import fastify from "fastify";

const root = fileURLToPath(new URL("./site", import.meta.url));
const files = getRequestListener(toFetch(staticFiles(root, { basePath: "/files", listing: true })));

const app = fastify();
app.get("/", () => "Hello from Fastify\n");
app.all("/files/*", (request, reply) => {
  reply.hijack();
  return files(request.raw, reply.raw);
});

console.log(await app.listen({ port: Number(process.env["PORT"] ?? 8080) }));
