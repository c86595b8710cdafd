/** Servers that answer whoever has a key: ours in unprivate mode, and nginx with the same key in a `map`. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { launchNginx, nginx } from "./nginx.ts";
import type { ServedSite, ServerDefinition } from "./server.ts";
import { launchTinyhttp, tinyhttp, tinyhttpScript } from "./tinyhttp.ts";

/** Ours without keys: private mode, the default. */
export const unguarded: ServerDefinition = { ...tinyhttp, name: "tinyhttp without keys" };

export const guarded: ServerDefinition = {
  ...tinyhttp,
  name: "tinyhttp with a key",
  start: (site, port) => {
    const env = environment(site);
    const launch = launchTinyhttp(site, port, ["--mode", "unprivate"]);
    return { ...launch, env, fields: [`X-API-Key: ${newKey(env)}`] };
  },
};

export const guardedNginx: ServerDefinition = {
  ...nginx,
  name: "nginx with a key",
  start: (site, port) => {
    const key = newKey(environment(site));
    const launch = launchNginx(site, port, {
      // A key is longer than what it has room for by default.
      beside: `map_hash_bucket_size 128; map $http_x_api_key $has_key { default 0; "${key}" 1; }`,
      inside: "if ($has_key = 0) { return 401; }",
    });
    return { ...launch, fields: [`X-API-Key: ${key}`] };
  },
};

/** Nobody's configuration but that of the run. */
function environment({ scratch }: ServedSite): Record<string, string> {
  return { XDG_CONFIG_HOME: join(scratch, "config"), XDG_STATE_HOME: join(scratch, "state") };
}

function newKey(env: Record<string, string>): string {
  return execFileSync(process.execPath, [tinyhttpScript(), "keys", "create"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
