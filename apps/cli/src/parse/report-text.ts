/** Reports for people at a terminal. */
import { explainSyntaxError } from "@tinyhttp/http-parser";
import { showable } from "../safe-text.ts";
import { FRAMING_SECTION, type Framing } from "./framing-explanation.ts";
import type { FieldPairs, HeadReport } from "./head-report.ts";
import type { Fault, MessageReport, Report } from "./message-report.ts";

const PERSISTENCE_SECTION = "RFC 9112 §9.3";
const TERM_WIDTH = 12;

/** Lines, the last one empty, so that texts in a row are apart. */
export function reportText(report: Report): string {
  if (report.kind === "other-protocol") {
    const { begin, end } = report;
    return `another protocol, ${span(begin, end)}\n\n`;
  }
  const { head, trailers, fault } = report;
  const lines = [title(report), ""];
  if (head !== undefined) lines.push(...headLines(head), "", ...meaningLines(head, report), "");
  if (trailers.length > 0) lines.push("  trailers", "", ...fieldLines(trailers), "");
  if (fault !== undefined) lines.push(...faultLines(fault), "");
  return `${lines.join("\n")}\n`;
}

function title({ kind, number, begin, end }: MessageReport): string {
  return `${kind} ${number}, ${end === undefined ? `from byte ${begin}` : span(begin, end)}`;
}

/** @param end Exclusive; at least one byte. */
function span(begin: number, end: number): string {
  return `bytes ${begin} to ${end - 1} (${bytes(end - begin)})`;
}

function headLines(head: HeadReport): string[] {
  const { version, fields } = head;
  const startLine =
    head.kind === "request"
      ? `${head.method} ${head.target} HTTP/${version}`
      : `HTTP/${version} ${head.status} ${head.reasonPhrase}`;
  return [`    ${showable(startLine)}`, ...fieldLines(fields)];
}

function fieldLines(fields: FieldPairs): string[] {
  return fields.map(([name, value]) => `    ${showable(name)}: ${showable(value)}`);
}

function meaningLines(head: HeadReport, { bodyLength, fault }: MessageReport): string[] {
  const { framing, persistence } = head;
  const { keepAlive, reason } = persistence;
  const decoded = framing.kind === "chunked" ? ", decoded" : "";
  const lines = [
    term("framing", framingText(framing)),
    term("body", `${bytes(bodyLength)}${decoded}${fault === undefined ? "" : ", so far"}`),
    term("keep-alive", `${keepAlive ? "yes" : "no"}, ${reason} (${PERSISTENCE_SECTION})`),
  ];
  if (head.kind === "response" && head.interim)
    lines.push(term("interim", "another response follows (RFC 9110 §15.2)"));
  if (head.kind === "request" && head.expectsContinue) {
    lines.push(term("expects", "100 (Continue) before the body is sent (RFC 9110 §10.1.1)"));
  }
  if (head.upgrade) lines.push(term("upgrade", upgradeText(head)));
  return lines;
}

function upgradeText({ kind }: HeadReport): string {
  return kind === "request"
    ? "offered; what follows is read as HTTP (RFC 9110 §7.8)"
    : "what follows is another protocol's (RFC 9110 §7.8, §9.3.6)";
}

const FRAMING_NAMES: Readonly<Record<Framing["kind"], string>> = {
  none: "no body",
  tunnel: "no body, a tunnel",
  length: "Content-Length",
  chunked: "chunked",
  "until-close": "until close",
};

function framingText({ kind, length, step, reason }: Framing): string {
  const why = reason === undefined ? "" : `: ${reason}`;
  return `${FRAMING_NAMES[kind]}${kind === "length" ? ` ${length}` : ""} (${FRAMING_SECTION} step ${step}${why})`;
}

function faultLines({ error, missing, excerpt }: Fault): string[] {
  if (missing !== undefined) {
    return [`  incomplete: the input ends at byte ${error.offset} (${error.section}) without ${missing}`];
  }
  return [
    `  malformed at byte ${error.offset}: ${error.code} (${error.section}), status ${error.status}`,
    `  ${showable(explainSyntaxError(error))}`,
    "",
    `    ${excerpt.text}`,
    `    ${" ".repeat(excerpt.column)}^`,
  ];
}

function term(name: string, meaning: string): string {
  return `  ${name.padEnd(TERM_WIDTH)}${meaning}`;
}

function bytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}
