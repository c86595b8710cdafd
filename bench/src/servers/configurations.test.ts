import { describe, expect, it } from "vitest";
import { caddyConfig } from "./caddy.ts";
import { lighttpdConfig } from "./lighttpd.ts";
import { nginxConfig } from "./nginx.ts";

const SITE = { root: "/srv/site", scratch: "/run/scratch" };
const LOGGED = { ...SITE, accessLog: "/run/scratch/access.log" };

describe.each([
  ["nginx", (site: typeof SITE) => nginxConfig(site, 8080, "")],
  ["lighttpd", (site: typeof SITE) => lighttpdConfig(site, 8080)],
  ["caddy", (site: typeof SITE) => caddyConfig(site, 8080)],
])("the configuration of %s", (_, configOf) => {
  it("serves the root on the loopback port", () => {
    for (const fact of ["/srv/site", "127.0.0.1", "8080"]) expect(configOf(SITE)).toContain(fact);
  });
  it("logs only when asked to", () => {
    expect(configOf(SITE)).not.toContain("access.log");
    expect(configOf(LOGGED)).toContain(LOGGED.accessLog);
  });
});
