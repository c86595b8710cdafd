import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InstalledPackage } from "./installed-package.ts";
import type { ServerDefinition } from "./server.ts";

/** Static routes: files that are read into memory at start, and answered without JavaScript. */
export const bunStatic: ServerDefinition = bun("bun (memory)", "./bun-static.ts", "static routes from memory");

/** `Bun.file`: files that are opened for each request. */
export const bunFiles: ServerDefinition = bun("bun (files)", "./bun-files.ts", "Bun.file");

function bun(name: string, program: string, how: string): ServerDefinition {
  return {
    name,
    version: () => `${installed().version} with ${how}`,
    start: (site, port) => ({
      file: installed().script("bun"),
      args: [fileURLToPath(new URL(program, import.meta.url)), site.root, String(port)],
      // It keeps compiled programs in the user's home otherwise.
      env: { BUN_RUNTIME_TRANSPILER_CACHE_PATH: join(site.scratch, "bun") },
    }),
  };
}

function installed(): InstalledPackage {
  return new InstalledPackage(import.meta.resolve("bun/package.json"));
}
