/** The other servers, each with the least configuration that makes it read a whole request before it answers. */
import type { PeerKind } from "./peer.ts";

const VERSION = /\d+\.\d+\.\d+/;

const node: PeerKind = {
  name: "node:http",
  versionCommand: [process.execPath, "--version"],
  version: VERSION,
  command: ({ port }) => [process.execPath, new URL("node-server.ts", import.meta.url).pathname, String(port)],
};

const nginx: PeerKind = {
  name: "nginx",
  debianPackage: "nginx",
  versionCommand: ["nginx", "-v"],
  version: VERSION,
  config: ({ directory, port, backendPort }) => `
    user root; worker_processes 1; daemon off; pid ${directory}/pid; error_log ${directory}/error.log;
    events { worker_connections 512; }
    http {
      access_log off;
      client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy;
      fastcgi_temp_path ${directory}/fastcgi; uwsgi_temp_path ${directory}/uwsgi; scgi_temp_path ${directory}/scgi;
      server {
        listen 127.0.0.1:${port};
        location / { proxy_pass http://127.0.0.1:${backendPort}; }
      }
    }`,
  command: ({ directory }) => ["nginx", "-p", directory, "-c", `${directory}/config`, "-e", `${directory}/error.log`],
};

const APACHE_MODULES = ["mpm_event", "authz_core", "proxy", "proxy_http"];
const apache: PeerKind = {
  name: "Apache",
  debianPackage: "apache2",
  versionCommand: ["apache2", "-v"],
  version: VERSION,
  config: ({ directory, port, backendPort }) => `
    ServerRoot /usr/lib/apache2
    ${APACHE_MODULES.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join("\n")}
    DefaultRuntimeDir ${directory}
    PidFile ${directory}/pid
    ErrorLog ${directory}/error.log
    Mutex file:${directory} default
    ServerName localhost
    User www-data
    Group www-data
    Listen 127.0.0.1:${port}
    ProxyPass / http://127.0.0.1:${backendPort}/`,
  command: ({ directory }) => ["apache2", "-D", "FOREGROUND", "-f", `${directory}/config`],
};

const lighttpd: PeerKind = {
  name: "lighttpd",
  debianPackage: "lighttpd",
  versionCommand: ["lighttpd", "-v"],
  version: VERSION,
  config: ({ directory, port, backendPort }) => `
    server.modules = ("mod_proxy")
    server.document-root = "${directory}"
    server.bind = "127.0.0.1"
    server.port = ${port}
    server.errorlog = "${directory}/error.log"
    proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${backendPort})))`,
  command: ({ directory }) => ["lighttpd", "-D", "-f", `${directory}/config`],
};

const haproxy: PeerKind = {
  name: "HAProxy",
  debianPackage: "haproxy",
  versionCommand: ["haproxy", "-v"],
  version: VERSION,
  config: ({ port, backendPort }) => `
global
  maxconn 512
defaults
  mode http
  option http-buffer-request
  timeout connect 5s
  timeout client 10s
  timeout server 10s
frontend front
  bind 127.0.0.1:${port}
  default_backend back
backend back
  server behind 127.0.0.1:${backendPort}
`,
  command: ({ directory }) => ["haproxy", "-db", "-f", `${directory}/config`],
};

const varnish: PeerKind = {
  name: "Varnish",
  debianPackage: "varnish",
  versionCommand: ["varnishd", "-V"],
  version: VERSION,
  config: ({ backendPort }) => `
    vcl 4.1;
    import std;
    backend default { .host = "127.0.0.1"; .port = "${backendPort}"; }
    sub vcl_recv { std.cache_req_body(1MB); return (pass); }`,
  command: ({ directory, port }) => [
    "varnishd",
    "-F",
    "-j",
    "none",
    "-n",
    `${directory}/work`,
    "-a",
    `127.0.0.1:${port}`,
    "-f",
    `${directory}/config`,
    "-s",
    "malloc,32m",
  ],
};

const caddy: PeerKind = {
  name: "Caddy",
  debianPackage: "caddy",
  versionCommand: ["caddy", "version"],
  version: VERSION,
  config: ({ directory, port, backendPort }) => `
    {
      admin off
      auto_https off
      storage file_system ${directory}/storage
    }
    http://:${port} {
      bind 127.0.0.1
      reverse_proxy 127.0.0.1:${backendPort}
    }`,
  command: ({ directory }) => ["caddy", "run", "--config", `${directory}/config`, "--adapter", "caddyfile"],
};

const h11: PeerKind = {
  name: "h11",
  debianPackage: "python3-h11",
  versionCommand: ["/usr/bin/python3", "-c", "import h11; print(h11.__version__)"],
  version: VERSION,
  command: ({ port }) => ["/usr/bin/python3", new URL("h11_server.py", import.meta.url).pathname, String(port)],
};

/** All of them, in the order of the table's columns. */
export const PEER_KINDS: readonly PeerKind[] = [node, nginx, apache, lighttpd, haproxy, varnish, caddy, h11];
