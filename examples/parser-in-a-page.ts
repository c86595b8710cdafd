/** The parser in a browser page: it needs no bundler, no Node and no server but one that hands over its files. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAsyncServer } from "@tinyhttp/async-server";
import { byPath } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";

const page = fileURLToPath(new URL("./parser-in-a-page", import.meta.url));
const parser = dirname(fileURLToPath(import.meta.resolve("@tinyhttp/http-parser/package.json")));

const server = createAsyncServer(
  byPath({
    "/": staticFiles(page),
    "/http-parser": staticFiles(join(parser, "dist"), { basePath: "/http-parser" }),
  }),
);
const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
console.log(url);
