/** A program: `bun bun-files.ts <root> <port>`. Answers with files as the documentation of Bun shows it. */
import { join } from "node:path";

declare const Bun: { serve(options: object): unknown; file(path: string): Blob };

const [root = ".", port = "0"] = process.argv.slice(2);

Bun.serve({
  hostname: "127.0.0.1",
  port: Number(port),
  fetch(request: Request): Response {
    return new Response(Bun.file(join(root, new URL(request.url).pathname)));
  },
});
