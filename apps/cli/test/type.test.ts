import { describe, expect, it } from "vitest";
import { runProgram, serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

describe("tinyhttp type", () => {
  it("says what would be sent, and why, for each file", async () => {
    using site = new TemporarySite({ "app.js": "", "app.js.br": "", notes: "hello" });
    const result = await runProgram(["type", "app.js", "notes"], { cwd: site.root });
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toBe(
      "app.js  text/javascript; charset=utf-8  its extension is .js; lies there as br too\n" +
        "notes   text/plain; charset=utf-8       it has no extension; its first bytes are text; compressed for those who accept that\n",
    );
  });

  it("says the same that the server sends", async () => {
    using site = new TemporarySite({ notes: "hello", "data.xyz": "\0", "a.svg": "<svg/>", "b.json": "{}" });
    await using served = await serve([site.root]);
    const names = ["notes", "data.xyz", "a.svg", "b.json"];
    const { stdout } = await runProgram(["type", "--json", ...names], { cwd: site.root });
    const told = stdout.trim().split("\n");
    const sent = await Promise.all(
      names.map(async (name) => (await fetch(`${served.url}${name}`)).headers.get("content-type")),
    );
    expect(told.map((line) => (JSON.parse(line) as { contentType: string }).contentType)).toEqual(sent);
  });

  it("tells of a file that it cannot read, goes on, and ends with 1", async () => {
    const { code, stdout, stderr } = await runProgram(["type", "/none/README", "style.css"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^style\.css +text\/css/);
    expect(stderr).toBe(
      'tinyhttp: Cannot tell the type of "/none/README": there is no such file or directory; name a file that can be read\n',
    );
  });

  it("wants a file", async () => {
    expect(await runProgram(["type"])).toMatchObject({
      code: 2,
      stderr: "tinyhttp: Cannot run type without its file: write tinyhttp type <file...>\n",
    });
  });
});
