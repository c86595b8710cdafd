import { fileURLToPath } from "node:url";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** What node:http costs before any file is looked up: the floor of every server built on it. */
export const nodeHttp: ServerDefinition = {
  name: "node:http",
  version(): string {
    return `${process.version} writing a constant`;
  },
  start(site: ServedSite, port: number): Launch {
    const program = fileURLToPath(new URL("./node-http-constant.ts", import.meta.url));
    return { file: process.execPath, args: [program, site.root, String(port)] };
  },
};
