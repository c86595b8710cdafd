import { once } from "node:events";
import { existsSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAM, Running, runProgram } from "./program.ts";
import { TemporarySite } from "./site.ts";

async function statusAt(socketPath: string, host: string): Promise<number | undefined> {
  const [response] = (await once(get({ socketPath, path: "/a.txt", headers: { host } }), "response")) as [
    IncomingMessage,
  ];
  response.resume();
  return response.statusCode;
}

describe("--socket", () => {
  it("listens on a Unix socket, says where, and takes it away at the end", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const path = join(site.directory, "site.sock");
    const running = new Running([...PROGRAM, site.root, "--socket", path]);
    await running.printed(/^unix:/);
    expect(await statusAt(path, "localhost")).toBe(200);
    // Who brings requests from elsewhere to a private server is told so here, too.
    expect(await statusAt(path, "site.example")).toBe(421);
    expect(await running.stop()).toMatchObject({ code: 0, stdout: `unix:${path}\n`, stderr: "" });
    expect(existsSync(path)).toBe(false);
  });

  it("serves everybody who can connect to it in public mode", async () => {
    using site = new TemporarySite({ "a.txt": "hello" });
    const path = join(site.directory, "site.sock");
    const running = new Running([...PROGRAM, site.root, "--socket", path, "--mode", "public"]);
    await running.printed(/^unix:/);
    expect(await statusAt(path, "site.example")).toBe(200);
    expect((await running.stop()).stderr).toMatch(/everybody who can connect to this socket/);
  });

  it("is refused in a sentence where it cannot be", async () => {
    using site = new TemporarySite();
    const { code, stderr } = await runProgram([site.root, "--socket", join(site.directory, "none/site.sock")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/: its directory does not exist \(ENOENT\); choose another --socket\n$/);
  });
});
