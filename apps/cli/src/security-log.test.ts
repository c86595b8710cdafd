import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSecurityLog, securityLine } from "./security-log.ts";

const EVENT = { time: "2026-11-21T00:00:00.000Z", event: "authentication", outcome: "failure" } as const;

describe("securityLine", () => {
  it("is one line of printable ASCII, whatever a client has sent", () => {
    const path = '/\u001b[2J\n\u0085\u2028\u202e\ud800é"';
    const line = securityLine({ ...EVENT, path });
    expect(line).toMatch(/^[ -~]+$/);
    expect(JSON.parse(line)).toEqual({ ...EVENT, path });
  });
});

describe("openSecurityLog", () => {
  it("writes a line for each event", async () => {
    const directory = mkdtempSync(join(tmpdir(), "tinyhttp-security-"));
    const file = join(directory, "security.log");
    const log = openSecurityLog({ "security-log": file });
    log.onSecurityEvent(EVENT);
    log.onSecurityEvent({ ...EVENT, event: "authorization", keyId: "abcdefgh" });
    await log.close();
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    rmSync(directory, { recursive: true });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      EVENT,
      { ...EVENT, event: "authorization", keyId: "abcdefgh" },
    ]);
  });
});
