import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOOL_ENVIRONMENT } from "../tools.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** One process, epoll and sendfile. */
export const lighttpd: ServerDefinition = {
  name: "lighttpd",
  program: "lighttpd",
  version(): string {
    const { stdout } = spawnSync("lighttpd", ["-v"], { encoding: "utf8", env: TOOL_ENVIRONMENT });
    return /lighttpd\/(\S+)/.exec(stdout)?.[1] ?? "unknown";
  },
  start(site: ServedSite, port: number): Launch {
    const config = join(site.scratch, "lighttpd.conf");
    writeFileSync(config, lighttpdConfig(site, port));
    return { file: "lighttpd", args: ["-D", "-f", config] };
  },
};

export function lighttpdConfig(site: ServedSite, port: number): string {
  const log =
    site.accessLog === undefined
      ? ""
      : `server.modules += ("mod_accesslog")\naccesslog.filename = "${site.accessLog}"\n`;
  // It keeps files open for a while; without a descriptor for one more it answers with 403.
  // The most requests of one connection that it can be told; the default of 1000 would make it reconnect under load.
  return `
server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${site.root}"
server.errorlog = "${site.scratch}/lighttpd-error.log"
server.event-handler = "linux-sysepoll"
server.network-backend = "sendfile"
server.max-keep-alive-requests = 65535
server.max-fds = 16384
mimetype.assign = (".txt" => "text/plain", "" => "application/octet-stream")
${log}`;
}
