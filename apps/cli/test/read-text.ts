/** Reads text as an input, for tests. One character per byte. */
import type { Framing } from "../src/parse/framing-explanation.ts";
import { InputReporter } from "../src/parse/input-reporter.ts";
import type { MessageKind } from "../src/parse/message-kind.ts";
import type { Report } from "../src/parse/message-report.ts";
import type { Persistence } from "../src/parse/persistence-explanation.ts";

/**
 * @param pieceBytes How many bytes are read at a time.
 * @param kind Without it the first bytes tell.
 */
export function reportsOf(
  text: string,
  requestMethods: readonly string[] = [],
  pieceBytes: number = Infinity,
  kind?: MessageKind,
): Report[] {
  const bytes = Buffer.from(text, "latin1");
  const reporter = new InputReporter({ kind, requestMethods });
  const reports: Report[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    reports.push(...reporter.read(bytes.subarray(at, at + pieceBytes)));
  return [...reports, ...reporter.end()];
}

/** Of the first message. */
export function framingOf(text: string, requestMethods: readonly string[] = []): Framing | undefined {
  return headOf(text, requestMethods)?.framing;
}

/** Of the first message. */
export function persistenceOf(text: string): Persistence | undefined {
  return headOf(text, [])?.persistence;
}

function headOf(text: string, requestMethods: readonly string[]) {
  const [first] = reportsOf(text, requestMethods);
  return first !== undefined && first.kind !== "other-protocol" ? first.head : undefined;
}
