/** A built web app: its own routes get the page, its hashed assets stay in caches for a year, and /api is yours. */
import { fileURLToPath } from "node:url";
import { createAsyncServer } from "@tinyhttp/async-server";
import { byMethod, byPath, type Handler } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";

const root = fileURLToPath(new URL("./site", import.meta.url));

const app = staticFiles(root, {
  spa: true,
  cacheControl: (path) => (path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"),
});

const time: Handler = () => ({
  status: 200,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify({ now: new Date().toISOString() }),
});

const server = createAsyncServer(byPath({ "/": app, "/api/time": byMethod({ GET: time }) }));
const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
console.log(url);
