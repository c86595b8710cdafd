import { fileURLToPath } from "node:url";
import { InstalledPackage } from "./installed-package.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** The plugin that Fastify's documentation names for files. */
export const fastifyStatic: ServerDefinition = {
  name: "@fastify/static",
  version(): string {
    const [plugin, framework] = ["@fastify/static", "fastify"].map(
      (name) => new InstalledPackage(import.meta.resolve(`${name}/package.json`)).version,
    );
    return `${plugin} on Fastify ${framework}`;
  },
  start(site: ServedSite, port: number): Launch {
    const program = fileURLToPath(new URL("./fastify-static.ts", import.meta.url));
    return { file: process.execPath, args: [program, site.root, String(port)] };
  },
};
