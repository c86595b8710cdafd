/**
 * A program: `node node-http-constant.ts <root> <port>`. Reads the files of a flat directory at start and writes
 * each as a constant: no file system, no validators, no type lookup while it is measured.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [root = ".", port = "0"] = process.argv.slice(2);

const files = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
const constants = new Map(files.map(({ name }) => [`/${name}`, readFileSync(join(root, name))]));

const server = createServer((request, response) => {
  const constant = constants.get(request.url ?? "");
  if (constant === undefined) {
    response.writeHead(404, { "content-length": 0 });
    response.end();
    return;
  }
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8", "content-length": constant.length });
  response.end(constant);
});

server.listen(Number(port), "127.0.0.1");
