/** Reports for programs: one JSON object per line, in ASCII, with one character per byte of the input. */
import { explainSyntaxError } from "@tinyhttp/http-parser";
import { FRAMING_SECTION, type Framing } from "./framing-explanation.ts";
import type { HeadReport } from "./head-report.ts";
import type { Fault, Report } from "./message-report.ts";

// JSON leaves DEL and C1 as they are; a terminal that shows the lines must not meet them.
const NOT_PRINTABLE = /[^\u0020-\u007e]/g;

/** A line, with its end. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(jsonValue(report)).replace(NOT_PRINTABLE, escapeUnit)}\n`;
}

function jsonValue(report: Report): object {
  if (report.kind === "other-protocol") return report;
  const { kind, number, begin, end, head, bodyLength, trailers, fault } = report;
  return {
    kind,
    number,
    begin,
    end,
    ...(head === undefined ? {} : headValue(head)),
    bodyLength,
    trailers,
    ...(fault === undefined ? {} : { error: errorValue(fault) }),
  };
}

function headValue({ framing, persistence, ...head }: HeadReport): object {
  return { ...head, keepAlive: persistence.keepAlive, framing: framingValue(framing) };
}

function framingValue({ kind, length, step }: Framing): object {
  return { kind, length, section: `${FRAMING_SECTION} step ${step}` };
}

function errorValue({ error, missing }: Fault): object {
  const { code, offset, status, section } = error;
  return { code, offset, status, section, message: explainSyntaxError(error), missing };
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
