/** Run with few descriptors allowed: takes them all and says how requests are answered meanwhile and afterwards. */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { staticFiles } from "@tinyhttp/static-files";
import { ask } from "./fake-request.ts";

const root = process.argv[2] ?? "";
const handler = staticFiles(root);
await ask(handler, "/hot.txt");
const taken: number[] = [];
try {
  for (;;) taken.push(openSync(join(root, "hot.txt"), "r"));
} catch {
  const hot = await ask(handler, "/hot.txt");
  const cold = await ask(handler, "/cold.txt");
  for (const descriptor of taken) closeSync(descriptor);
  const later = await ask(handler, "/cold.txt");
  const retryAfter = cold.headers.get("retry-after");
  process.stdout.write(JSON.stringify({ hot: hot.status, cold: cold.status, retryAfter, later: later.status }));
}
