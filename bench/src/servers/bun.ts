import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InstalledPackage } from "./installed-package.ts";
import type { ServerDefinition } from "./server.ts";

/** Static routes: files that are read into memory at start, and answered without JavaScript. */
export const bunStatic: ServerDefinition = bun(
  "bun (memory)",
  new URL("./bun-static.ts", import.meta.url),
  "static routes from memory",
);

/** `Bun.file`: files that are opened for each request. */
export const bunFiles: ServerDefinition = bun("bun (files)", new URL("./bun-files.ts", import.meta.url), "Bun.file");

function bun(name: string, program: URL, how: string): ServerDefinition {
  return {
    name,
    version: () => `${installed().version} with ${how}`,
    start: (site, port) => ({
      file: installed().script("bun"),
      args: [fileURLToPath(program), site.root, String(port)],
      // It keeps compiled programs in the user's home otherwise.
      env: { BUN_RUNTIME_TRANSPILER_CACHE_PATH: join(site.scratch, "bun") },
    }),
  };
}

function installed(): InstalledPackage {
  return new InstalledPackage(import.meta.resolve("bun/package.json"));
}
