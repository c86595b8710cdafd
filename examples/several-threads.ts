/** One app on every core, behind one port. SIGHUP rolls the threads over to a new version of the app, without a gap. */
import { createThreadServer } from "@tinyhttp/thread-server";

const server = createThreadServer({
  module: new URL("./several-threads-app.ts", import.meta.url),
  threads: Number(process.env["THREADS"] ?? 0) || undefined,
});

const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
process.on("SIGHUP", () => void server.reload());
process.on("SIGTERM", () => void server.close());
console.log(url);
