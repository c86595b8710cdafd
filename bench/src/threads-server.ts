/** A program: `node threads-server.ts <threads> <port>`. */
import { createThreadServer } from "@tinyhttp/thread-server";

const [threads = "1", port = "0"] = process.argv.slice(2);
const module = new URL("threads-app.ts", import.meta.url);
await createThreadServer({ module, threads: Number(threads) }).listen({ port: Number(port) });
