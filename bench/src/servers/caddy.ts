import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOOL_ENVIRONMENT } from "../tools.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";

/** Its file server on one processor, as nginx has one worker. */
export const caddy: ServerDefinition = {
  name: "caddy",
  program: "caddy",
  version(): string {
    return (
      spawnSync("caddy", ["version"], { encoding: "utf8", env: TOOL_ENVIRONMENT }).stdout.trim().split(" ", 1)[0] ?? ""
    );
  },
  start(site: ServedSite, port: number): Launch {
    const config = join(site.scratch, "Caddyfile");
    writeFileSync(config, caddyConfig(site, port));
    return {
      file: "caddy",
      args: ["run", "--config", config, "--adapter", "caddyfile"],
      env: { GOMAXPROCS: "1", HOME: site.scratch, XDG_CONFIG_HOME: site.scratch, XDG_DATA_HOME: site.scratch },
    };
  },
};

export function caddyConfig(site: ServedSite, port: number): string {
  // Its own form: JSON. It has none for the Combined Log Format.
  const log = site.accessLog === undefined ? "" : `\tlog {\n\t\toutput file ${site.accessLog}\n\t}\n`;
  return `{
\tadmin off
\tauto_https off
}
http://127.0.0.1:${port} {
\tbind 127.0.0.1
\troot * ${site.root}
${log}\tfile_server
}
`;
}
