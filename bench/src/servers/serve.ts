import { InstalledPackage } from "./installed-package.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** Without request log, clipboard and compression: the load asks for no content coding. */
export const serve: ServerDefinition = {
  name: "serve",
  version(): string {
    return installed().version;
  },
  start(site: ServedSite, port: number): Launch {
    const quiet = ["--no-request-logging", "--no-clipboard", "--no-compression", "--no-port-switching"];
    return {
      file: process.execPath,
      args: [installed().script("serve"), "--listen", `tcp://127.0.0.1:${port}`, ...quiet, site.root],
    };
  },
};

function installed(): InstalledPackage {
  return new InstalledPackage(import.meta.resolve("serve/package.json"));
}
