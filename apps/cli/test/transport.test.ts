import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { describe, expect, it } from "vitest";
import { ownCertificate } from "../src/tls/own-certificate.ts";
import { Operator } from "./operator.ts";
import { runProgram } from "./program.ts";

/** What a server shows to a new connection. */
async function shownBy(url: string): Promise<{ fingerprint: string; protocol: string | false | null }> {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), ALPNProtocols: ["h2", "http/1.1"], rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const fingerprint = socket.getPeerX509Certificate()?.fingerprint256 ?? "";
  const protocol = socket.alpnProtocol;
  socket.destroy();
  return { fingerprint, protocol };
}

function fingerprintOf(file: string): string {
  return new X509Certificate(readFileSync(file)).fingerprint256;
}

describe.each([["1"], ["2"]])("certificates, with %s threads", (threads) => {
  it("are read again when they change and at SIGHUP, and a pair that does not fit changes nothing", async () => {
    using operator = new Operator();
    const [first, second, third] = ["a", "b", "c"].map((name) => ownCertificate(join(operator.home, name)));
    if (first === undefined || second === undefined || third === undefined) throw new Error("no certificates");
    const [certFile, keyFile] = [join(operator.home, "site.crt"), join(operator.home, "site.key")];
    copyFileSync(first.certFile, certFile);
    copyFileSync(first.keyFile, keyFile);
    const args = ["./site", "--tls-cert", certFile, "--tls-key", keyFile, "--threads", threads];
    await using served = await operator.serve(args);
    expect(await shownBy(served.url)).toEqual({ fingerprint: fingerprintOf(first.certFile), protocol: "h2" });
    copyFileSync(second.keyFile, keyFile);
    copyFileSync(second.certFile, certFile);
    const shown = async (): Promise<string> => (await shownBy(served.url)).fingerprint;
    await expect.poll(shown, { timeout: 15_000 }).toBe(fingerprintOf(second.certFile));
    copyFileSync(third.certFile, certFile);
    served.signal("SIGHUP");
    await served.printed(
      /^tinyhttp: Cannot use the certificate .*; the certificates from before stay in use$/m,
      "stderr",
    );
    expect(await shown()).toBe(fingerprintOf(second.certFile));
  });
});

describe("--tls-self-signed", () => {
  it("remembers its certificate, and shows its fingerprint", async () => {
    using operator = new Operator();
    const seen: string[] = [];
    for (const again of [false, true]) {
      await using served = await operator.serve(["./site", "--tls-self-signed", ...(again ? ["--no-http2"] : [])]);
      const { fingerprint, protocol } = await shownBy(served.url);
      await served.printed(new RegExp(`fingerprint \\(SHA-256\\) is ${fingerprint}$`, "m"), "stderr");
      expect(protocol).toBe(again ? "http/1.1" : "h2");
      seen.push(fingerprint);
    }
    expect(seen[0]).toBe(seen[1]);
  });
});

describe("a certificate that is about to end", () => {
  it("is used, and the operator is told", async () => {
    using operator = new Operator();
    const month = 30 * 86_400_000;
    const { certFile, keyFile } = ownCertificate(join(operator.home, "a"), Date.now() - 12.9 * month);
    await using served = await operator.serve(["./site", "--tls-cert", certFile, "--tls-key", keyFile]);
    await served.printed(/^tinyhttp: The certificate for .* is about to end \(.*\): renew it/m, "stderr");
  });
});

describe("certificates that cannot be used", () => {
  it("are refused at the start, in a sentence", async () => {
    using operator = new Operator();
    const { certFile } = ownCertificate(join(operator.home, "a"));
    const { keyFile } = ownCertificate(join(operator.home, "b"));
    const run = (cert: string, key: string) =>
      runProgram(["--port", "0", "--tls-cert", cert, "--tls-key", key], { cwd: operator.home, env: operator.env });
    expect(await run(certFile, keyFile)).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr: "tinyhttp: Cannot use the certificate of localhost: the key is another one's\n",
    });
    writeFileSync(join(operator.home, "open.key"), readFileSync(keyFile), { mode: 0o644 });
    expect(await run(certFile, "open.key")).toMatchObject({ code: 1, stdout: "" });
    expect((await run(certFile, "open.key")).stderr).toMatch(/others may access it \(mode 644\)/);
    expect((await run("none.crt", keyFile)).stderr).toMatch(
      /^tinyhttp: Cannot read "\S*none\.crt": there is no such file/,
    );
  });
});
