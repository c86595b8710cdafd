import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOOL_ENVIRONMENT } from "../tools.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** One worker, and everything on that makes nginx fast for static files. */
export const nginx: ServerDefinition = {
  name: "nginx",
  program: "nginx",
  version(): string {
    return /nginx\/(\S+)/.exec(buildFacts())?.[1] ?? "unknown";
  },
  start(site: ServedSite, port: number): Launch {
    return launchNginx(site, port);
  },
};

/** What is added to the configuration that serves files. */
export interface NginxAdditions {
  /** Words after the address in `listen`. */
  readonly listen?: string;
  /** Directives beside the server, and in it. */
  readonly beside?: string;
  readonly inside?: string;
}

export function launchNginx(site: ServedSite, port: number, additions: NginxAdditions = {}): Launch {
  const config = join(site.scratch, "nginx.conf");
  writeFileSync(config, nginxConfig(site, port, buildFacts(), additions));
  return { file: "nginx", args: ["-p", site.scratch, "-e", join(site.scratch, "nginx-error.log"), "-c", config] };
}

function buildFacts(): string {
  return spawnSync("nginx", ["-V"], { encoding: "utf8", env: TOOL_ENVIRONMENT }).stderr;
}

/** @param facts The output of `nginx -V`. */
export function nginxConfig(
  site: ServedSite,
  port: number,
  facts: string,
  { listen = "", beside = "", inside = "" }: NginxAdditions = {},
): string {
  return `
daemon off;
worker_processes 1;
pid ${site.scratch}/nginx.pid;
error_log ${site.scratch}/nginx-error.log;
events { worker_connections 4096; accept_mutex off; }
http {
  access_log ${site.accessLog ?? "off"};
  sendfile on;
  tcp_nopush on;
  open_file_cache max=20000 inactive=60s;
  open_file_cache_valid 5s;
  # The default of 1000 would make nginx alone reconnect under load.
  keepalive_requests 1000000000;
  types { text/plain txt; }
  default_type application/octet-stream;
${temporaryPaths(site.scratch, facts)}
  ${beside}
  server {
    listen 127.0.0.1:${port} backlog=1024 ${listen};
    root ${site.root};
    ${inside}
  }
}
`;
}

/** The directories that nginx makes at start, moved out of /var so that any user can run it. */
function temporaryPaths(scratch: string, facts: string): string {
  const names = [...facts.matchAll(/--http-([a-z-]+)-temp-path=/g)].map((match) =>
    (match[1] ?? "").replaceAll("-", "_"),
  );
  return names
    .filter((name) => !facts.includes(`--without-http_${name}_module`))
    .map((name) => `  ${name}_temp_path ${scratch}/${name};`)
    .join("\n");
}
