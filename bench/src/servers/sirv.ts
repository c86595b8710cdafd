import { InstalledPackage } from "./installed-package.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** Without `--dev`, so that it reads the directory once at start and answers from its table. */
export const sirv: ServerDefinition = {
  name: "sirv-cli",
  version(): string {
    return installed().version;
  },
  start(site: ServedSite, port: number): Launch {
    return {
      file: process.execPath,
      args: [installed().script("sirv"), site.root, "--host", "127.0.0.1", "--port", String(port), "--quiet"],
    };
  },
};

function installed(): InstalledPackage {
  return new InstalledPackage(import.meta.resolve("sirv-cli/package.json"));
}
