import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { InstalledPackage } from "./installed-package.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** Our command as it is published: built by `build.ts` before it starts, default settings. */
export const tinyhttp: ServerDefinition = {
  name: "tinyhttp",
  version(): string {
    const here = fileURLToPath(new URL(".", import.meta.url));
    const commit = execFileSync("git", ["describe", "--always", "--dirty"], { cwd: here, encoding: "utf8" }).trim();
    return `${installed().version} at ${commit}`;
  },
  start(site: ServedSite, port: number): Launch {
    const log = site.accessLog === undefined ? [] : ["--access-log", site.accessLog, "--log-format", "combined"];
    return launchTinyhttp(site, port, log);
  },
};

/** @param options Of the command, beside where it listens. */
export function launchTinyhttp(site: ServedSite, port: number, options: readonly string[]): Launch {
  const listen = ["--host", "127.0.0.1", "--port", String(port)];
  return { file: process.execPath, args: [tinyhttpScript(), site.root, ...listen, "--quiet", ...options] };
}

export function tinyhttpScript(): string {
  return installed().script("tinyhttp");
}

function installed(): InstalledPackage {
  return new InstalledPackage(import.meta.resolve("@tinyhttp/cli/package.json"));
}
