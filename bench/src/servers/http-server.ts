import { InstalledPackage } from "./installed-package.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

export const httpServer: ServerDefinition = {
  name: "http-server",
  version(): string {
    return installed().version;
  },
  start(site: ServedSite, port: number): Launch {
    return {
      file: process.execPath,
      args: [installed().script("http-server"), site.root, "-a", "127.0.0.1", "-p", String(port), "--silent"],
    };
  },
};

function installed(): InstalledPackage {
  return new InstalledPackage(import.meta.resolve("http-server/package.json"));
}
