/** A program: `node fastify-static.ts <root> <port>`. Fastify with its own plugin for files, without a logger. */
import fastifyStatic from "@fastify/static";
import { fastify } from "fastify";

const [root = ".", port = "0"] = process.argv.slice(2);

const app = fastify();
await app.register(fastifyStatic, { root });
await app.listen({ host: "127.0.0.1", port: Number(port) });
