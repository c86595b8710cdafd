/** Servers that speak TLS with one certificate: ours, and nginx for HTTP/1.1 and for HTTP/2. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { launchNginx, nginx } from "./nginx.ts";
import type { Launch, ServedSite, ServerDefinition } from "./server.ts";
import { launchTinyhttp, tinyhttp } from "./tinyhttp.ts";

export const encrypted: ServerDefinition = {
  ...tinyhttp,
  start: (site, port) => {
    const { certificate, key } = certificateOf(site);
    return { ...launchTinyhttp(site, port, ["--tls-cert", certificate, "--tls-key", key]), scheme: "https" };
  },
};

export const multiplexingNginx: ServerDefinition = {
  ...nginx,
  start: (site, port) => launchEncrypted(site, port, "ssl http2"),
};

export const encryptedNginx: ServerDefinition = {
  ...nginx,
  // The default of both. A handshake costs as much as a hundred requests, so both have to make as many.
  start: (site, port) => launchEncrypted(site, port, "ssl", "keepalive_requests 1000;"),
};

function launchEncrypted(site: ServedSite, port: number, listen: string, more: string = ""): Launch {
  const { certificate, key } = certificateOf(site);
  const identity = `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
  // The order in which ours prefers them.
  const suites = "ssl_prefer_server_ciphers on; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;";
  const inside = `${identity} ssl_protocols TLSv1.2 TLSv1.3; ${suites} ${more}`;
  return { ...launchNginx(site, port, { listen, inside }), scheme: "https" };
}

/** P-256, as most have. */
function certificateOf({ scratch }: ServedSite): { certificate: string; key: string } {
  const certificate = join(scratch, "certificate.pem");
  const key = join(scratch, "key.pem");
  if (!existsSync(certificate)) {
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", certificate], {
      stdio: "ignore",
    });
  }
  return { certificate, key };
}
