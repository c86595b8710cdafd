import { mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CannotRun } from "./failure.ts";
import { LogWriter, openLogFile } from "./log-writer.ts";

const directory = mkdtempSync(join(tmpdir(), "tinyhttp-log-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("openLogFile", () => {
  it("names the fix when the file cannot be opened", () => {
    expect(() => openLogFile(join(directory, "none", "access.log"))).toThrow(CannotRun);
    expect(() => openLogFile(directory)).toThrow(
      /: it is a directory; name a file that may be written, in a directory that exists$/,
    );
  });
});

function writerTo(name: string): { writer: LogWriter; path: string; reports: string[] } {
  const path = join(directory, name);
  const reports: string[] = [];
  return { writer: new LogWriter(openLogFile(path), (sentence) => reports.push(sentence)), path, reports };
}

describe("LogWriter", () => {
  it("writes every line, in order", async () => {
    const { writer, path, reports } = writerTo("order.log");
    const lines = Array.from({ length: 5000 }, (_, number) => `line ${number} ${"x".repeat(number % 90)}`);
    for (const line of lines) writer.write(line);
    await writer.close();
    expect(readFileSync(path, "utf8")).toBe(`${lines.join("\n")}\n`);
    expect(reports).toEqual([]);
  });

  it("writes soon, without being closed", async () => {
    const { writer, path } = writerTo("soon.log");
    writer.write("one");
    await expect.poll(() => readFileSync(path, "utf8")).toBe("one\n");
    await writer.close();
  });

  it("appends to what is there", async () => {
    const first = writerTo("append.log");
    first.writer.write("before");
    await first.writer.close();
    const second = writerTo("append.log");
    second.writer.write("after");
    await second.writer.close();
    expect(readFileSync(second.path, "utf8")).toBe("before\nafter\n");
  });

  it("goes on in a new file after reopening, and neither loses nor doubles a line", async () => {
    const { writer, path } = writerTo("rotated.log");
    writer.write("old 1");
    renameSync(path, `${path}.1`);
    writer.write("old 2");
    writer.reopen();
    writer.write("new 1");
    await writer.close();
    expect(readFileSync(`${path}.1`, "utf8")).toBe("old 1\nold 2\n");
    expect(readFileSync(path, "utf8")).toBe("new 1\n");
  });

  it("keeps the old file when the new one cannot be opened", async () => {
    const { writer, path, reports } = writerTo("kept.log");
    const moved = join(directory, "moved");
    renameSync(path, moved);
    mkdirSync(path);
    writer.reopen();
    writer.write("still here");
    await writer.close();
    expect(readFileSync(moved, "utf8")).toBe("still here\n");
    expect(reports).toEqual([`Cannot reopen the log ${JSON.stringify(path)}: it is a directory; the old file is kept`]);
  });

  it("counts what a full disk does not take, and says so once", async () => {
    const reports: string[] = [];
    const full = { name: "/dev/full", path: undefined, fd: openSync("/dev/full", "a") };
    const writer = new LogWriter(full, (sentence) => reports.push(sentence));
    for (let line = 0; line < 3; line++) writer.write("lost");
    await expect.poll(() => writer.dropped).toBe(3);
    writer.write("lost as well");
    await writer.close();
    expect(writer.dropped).toBe(4);
    expect(reports).toEqual([
      'Cannot write the log "/dev/full": no space is left on the device; requests go on, lines are dropped',
    ]);
  });

  it("says when lines are written again, and how many were lost", async () => {
    const path = join(directory, "recovered.log");
    symlinkSync("/dev/full", path);
    const reports: string[] = [];
    const writer = new LogWriter(openLogFile(path), (sentence) => reports.push(sentence));
    writer.write("lost");
    await expect.poll(() => writer.dropped).toBe(1);
    rmSync(path);
    writer.reopen();
    writer.write("kept");
    await writer.close();
    expect(readFileSync(path, "utf8")).toBe("kept\n");
    expect(reports.at(-1)).toBe(`The log ${JSON.stringify(path)} is written again; lines dropped so far: 1`);
  });

  it("holds a bounded amount for a destination that takes nothing", async () => {
    const reports: string[] = [];
    const writer = new LogWriter({ name: "full", path: undefined, fd: openSync("/dev/full", "a") }, (sentence) =>
      reports.push(sentence),
    );
    const line = "x".repeat(1023);
    // No turn of the event loop in between: the first write cannot end.
    for (let count = 0; count < 8192; count++) writer.write(line);
    expect(writer.dropped).toBeGreaterThan(3000);
    expect(reports[0]).toContain("it takes lines too slowly");
    await writer.close();
    expect(writer.dropped).toBe(8192);
  });
});
