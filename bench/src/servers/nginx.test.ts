import { describe, expect, it } from "vitest";
import { nginxConfig } from "./nginx.ts";

const SITE = { root: "/srv/site", scratch: "/run/scratch" };

describe("nginxConfig", () => {
  it("serves the root on the loopback port with one worker and no log", () => {
    const config = nginxConfig(SITE, 8080, "");
    expect(config).toContain("listen 127.0.0.1:8080 ");
    expect(config).toContain("root /srv/site;");
    expect(config).toContain("worker_processes 1;");
    expect(config).toContain("access_log off;");
  });
  it("has what is added beside the server and in it", () => {
    const config = nginxConfig(SITE, 8080, "", { listen: "ssl", beside: "map a b {}", inside: "return 204;" });
    expect(config).toMatch(/map a b \{\}\s+server \{\s+listen 127\.0\.0\.1:8080 backlog=1024 ssl;[^}]+return 204;/);
  });
  it("moves the temporary directories of the modules that were built in, and of no others", () => {
    const facts =
      "--http-client-body-temp-path=/var/a --http-proxy-temp-path=/var/b --http-scgi-temp-path=/var/c --without-http_scgi_module";
    const config = nginxConfig(SITE, 8080, facts);
    expect(config).toContain("client_body_temp_path /run/scratch/client_body;");
    expect(config).toContain("proxy_temp_path /run/scratch/proxy;");
    expect(config).not.toContain("scgi_temp_path");
  });
});
