/** `tinyhttp type`: the Content-Type that files would be sent with, and why. */
import { SNIFFED_BYTES } from "@tinyhttp/content-type";
import { withDefaults, type GivenOptions } from "../options.ts";
import { showable } from "../safe-text.ts";
import { systemReason } from "../system-reason.ts";
import { say, STDOUT, warn } from "../terminal.ts";
import { typeReport, type TypeReport } from "../type/type-report.ts";
import { typeText } from "../type/type-text.ts";

const { closeSync, existsSync, openSync, readSync } = process.getBuiltinModule("node:fs");

/** As `@tinyhttp/static-files` finds them. */
const SIDECARS = { br: ".br", zstd: ".zst", gzip: ".gz" };

/** A file that cannot be looked at is told of, and the others are looked at. */
export function type(files: readonly string[], given: GivenOptions): Promise<void> {
  const reports = files.flatMap((file) => reportOn(file) ?? []);
  if (withDefaults(given).json) reports.forEach((report) => say(STDOUT, JSON.stringify(report)));
  else if (reports.length > 0) say(STDOUT, typeText(reports).trimEnd());
  if (reports.length < files.length) process.exitCode = 1;
  return Promise.resolve();
}

function reportOn(file: string): TypeReport | undefined {
  const precompressed = Object.entries(SIDECARS).flatMap(([coding, suffix]) =>
    existsSync(file + suffix) ? [coding] : [],
  );
  try {
    return typeReport({ file, precompressed, firstBytes: () => readFront(file) });
  } catch (error) {
    warn(`Cannot tell the type of "${showable(file)}": ${systemReason(error)}; name a file that can be read`);
    return undefined;
  }
}

function readFront(file: string): Uint8Array {
  const fd = openSync(file, "r");
  try {
    const front = new Uint8Array(SNIFFED_BYTES);
    return front.subarray(0, readSync(fd, front));
  } finally {
    closeSync(fd);
  }
}
