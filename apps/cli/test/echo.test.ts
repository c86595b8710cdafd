import { once } from "node:events";
import { connect, type NetConnectOpts } from "node:net";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { describe, expect, it } from "vitest";
import { PROGRAM, Running, runProgram } from "./program.ts";
import { TemporarySite } from "./site.ts";
import { TEST_CERTIFICATE, TEST_KEY } from "./test-certificate.ts";

async function echoing(args: readonly string[]): Promise<[Running, string]> {
  const running = new Running([...PROGRAM, "echo", ...args]);
  const [url] = await running.printed(/^\w+:.+$/m);
  return [running, url];
}

async function sayHello(to: NetConnectOpts): Promise<string> {
  const socket = connect(to);
  socket.end("hello");
  let text = "";
  for await (const part of socket.setEncoding("utf8")) text += part as string;
  return text;
}

describe("tinyhttp echo", () => {
  it("prints where it listens, sends everything back, and ends with a signal", async () => {
    const [running, url] = await echoing(["0"]);
    const { hostname: host, port } = new URL(url);
    expect(url).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    expect(await sayHello({ host, port: Number(port) })).toBe("hello");
    expect(await running.stop()).toMatchObject({ code: 0, signal: null, stdout: `${url}\n`, stderr: "" });
  });

  it("listens on a Unix socket", async () => {
    using site = new TemporarySite();
    const path = join(site.directory, "echo.sock");
    const [running, url] = await echoing(["--socket", path]);
    expect(url).toBe(`unix:${path}`);
    expect(await sayHello({ path })).toBe("hello");
    await running.stop();
  });

  it("speaks TLS", async () => {
    using site = new TemporarySite();
    const [certificate, key] = [join(site.directory, "cert.pem"), join(site.directory, "key.pem")];

    site.write("../cert.pem", TEST_CERTIFICATE);
    site.write("../key.pem", TEST_KEY);
    const [running, url] = await echoing(["0", "--tls-cert", certificate, "--tls-key", key]);
    expect(url).toMatch(/^tls:/);
    const port = Number(new URL(url).port);
    const socket = connectTls({ port, ca: TEST_CERTIFICATE, servername: "localhost" });
    socket.write("hello");
    const [bytes] = (await once(socket, "data")) as [Buffer];
    expect(bytes.toString()).toBe("hello");
    socket.destroy();
    await running.stop();
  });

  it("ends a connection after --max-bytes, and itself after --for", async () => {
    const [running, url] = await echoing(["0", "--max-bytes", "4", "--for", "1s"]);
    expect(await sayHello({ port: Number(new URL(url).port) })).toBe("hell");
    expect(await running.ended).toMatchObject({ code: 0 });
  });

  it.each([
    [["site"], 2, 'Cannot tell what "site" is for: write tinyhttp echo [port]'],
    [["7", "--port", "8"], 2, "Cannot listen on 7 and 8 at once: leave one of them out"],
    [["--tls-key", "key.pem"], 2, "Cannot encrypt with --tls-cert or --tls-key alone: give both"],
    [["--idle-timeout", "1"], 2, 'Cannot read --idle-timeout "1": write a time from 1s to 24d'],
    [["--spa"], 2, "The command echo has no option --spa, which is for tinyhttp serve; leave it out"],
    [["--tls-key", "/none", "--tls-cert", "/none"], 1, 'Cannot read "/none": there is no such file or directory'],
  ])("refuses %j", async (args, exitCode, message) => {
    const { code, stdout, stderr } = await runProgram(["echo", ...args]);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
    expect(stderr).toContain(`tinyhttp: ${message}`);
  });
});
