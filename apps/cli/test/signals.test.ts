import { existsSync, readFileSync, renameSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

// Says when a request has arrived, and answers when the file `go` appears, so that a test decides when.
const WAITING_APP = `import { existsSync, writeFileSync } from "node:fs";
  import { setTimeout } from "node:timers/promises";
  export default async () => {
    writeFileSync(new URL("arrived", import.meta.url), "");
    while (!existsSync(new URL("go", import.meta.url))) await setTimeout(10);
    return { status: 200, body: "done" };
  };`;

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  it("ends an idle server with 0", async () => {
    using site = new TemporarySite();
    const served = await serve([site.root]);
    served.signal(signal);
    expect(await served.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it("lets a request that is under way finish, and accepts no other", async () => {
    using site = new TemporarySite({ "app.mjs": WAITING_APP });
    const served = await serve(["--handler", join(site.root, "app.mjs")]);
    const response = fetch(served.url);
    await expect.poll(() => existsSync(join(site.root, "arrived"))).toBe(true);
    served.signal(signal);
    await expect.poll(() => canConnect(served.url)).toBe(false);
    site.write("go", "");
    expect(await (await response).text()).toBe("done");
    expect(await served.ended).toMatchObject({ code: 0, signal: null });
  });

  it("ends at once when it comes again", async () => {
    using site = new TemporarySite({ "app.mjs": WAITING_APP });
    const served = await serve(["--handler", join(site.root, "app.mjs")]);
    const response = fetch(served.url).then(
      () => "answered",
      () => "broken off",
    );
    await expect.poll(() => existsSync(join(site.root, "arrived"))).toBe(true);
    served.signal(signal);
    await expect.poll(() => canConnect(served.url)).toBe(false);
    served.signal(signal);
    expect(await served.ended).toMatchObject({ code: 0, signal: null });
    expect(await response).toBe("broken off");
  });
});

describe("SIGHUP", () => {
  it("opens the log again after rotation, without losing or doubling a line", async () => {
    using site = new TemporarySite({ "a.txt": "a" });
    const log = join(site.directory, "access.log");
    const served = await serve([site.root, "--access-log", log, "--log-format", "json"]);
    await (await fetch(`${served.url}a.txt?1`)).text();
    await expect.poll(() => readFileSync(log, "utf8")).not.toBe("");
    renameSync(log, `${log}.1`);
    served.signal("SIGHUP");
    await expect.poll(() => existsSync(log)).toBe(true);
    await (await fetch(`${served.url}a.txt?2`)).text();
    await served.stop();
    for (const file of [`${log}.1`, log]) expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
  });

  it("ends the server when there is no log to open again", async () => {
    using site = new TemporarySite();
    const served = await serve([site.root]);
    served.signal("SIGHUP");
    expect(await served.ended).toMatchObject({ code: 0, signal: null });
  });
});

function canConnect(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
