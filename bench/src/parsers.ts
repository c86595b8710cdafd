/**
 * Our parser, as it is published, beside the three that people use today: `pnpm run bench:parsers [rounds]`, or
 * `node --conditions=@tinyhttp/source src/parsers.ts [rounds]` for its source, which is slower: between modules every
 * constant is looked up.
 *
 * Rounds are interleaved in one process: in each, every parser reads every input for a while, so that a machine that
 * slows down slows all of them. What is compared is the ratio within a round; its median is printed.
 */
import assert from "node:assert/strict";
import { cpus } from "node:os";
import { httpParserJs, nativeParser } from "./parser-callbacks.ts";
import { PARSER_INPUTS, type ParserInput } from "./parser-inputs.ts";
import type { ParserSubject } from "./parser-subject.ts";
import { TinyhttpSubject } from "./parser-tinyhttp.ts";
import { UndiciSubject } from "./parser-undici.ts";
import { ratiosOf, spreadOf } from "./statistics.ts";
import { type Column, formatTable } from "./table.ts";

interface Reading {
  readonly name: string;
  readonly inputs: readonly string[];
  run(subject: ParserSubject, bytes: Buffer): unknown;
}

const three: (string | undefined)[] = ["", "", "", "", ""];
const HEADS = ["minimal GET", "browser GET", "proxy GET", "pipelined batch"];

const READINGS: readonly Reading[] = [
  { name: "nothing", inputs: HEADS, run: (subject, bytes) => subject.skip(bytes) },
  {
    name: "method, target, three fields",
    inputs: HEADS,
    run(subject, bytes) {
      subject.three(bytes, three);
      return three;
    },
  },
  { name: "every name and value", inputs: HEADS, run: (subject, bytes) => subject.everything(bytes) },
  { name: "content", inputs: ["chunked upload"], run: (subject, bytes) => subject.content(bytes) },
];

const ROUND_MS = 20;
const subjects = [new TinyhttpSubject(), nativeParser(), httpParserJs(), new UndiciSubject()];
const rounds = Number(process.argv[2] ?? 40);

const COLUMNS: readonly Column[] = [
  { title: "input", align: "left" },
  { title: "read", align: "left" },
  ...subjects.map(({ name }): Column => ({ title: `${name}, ns`, align: "right" })),
  ...subjects.slice(1).map(({ name }): Column => ({ title: `times ${name}`, align: "right" })),
  { title: "our bytes allocated", align: "right" },
  { title: "native's", align: "right" },
];

console.log(`${cpus()[0]?.model ?? "unknown CPU"}, Node ${process.version}, ${rounds} rounds\n`);
const rows: string[][] = [];
for (const reading of READINGS) {
  for (const input of PARSER_INPUTS) {
    if (reading.inputs.includes(input.name)) rows.push(compare(reading, input));
  }
}
console.log(formatTable(COLUMNS, rows));
console.log("\nTimes and bytes are for one message. Bytes are of the JavaScript heap alone.");

function compare(reading: Reading, input: ParserInput): string[] {
  const [first, ...others] = subjects.map((subject) => structuredClone(reading.run(subject, input.bytes)));
  for (const other of others) assert.deepEqual(other, first, `${reading.name} of ${input.name}`);
  for (const subject of subjects) time(reading, subject, input);
  const times: number[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, subject] of subjects.entries()) times[index]?.push(time(reading, subject, input));
  }
  const ours = times[0] ?? [];
  return [
    input.name,
    reading.name,
    ...times.map((values) => spreadOf(values).median.toFixed(0)),
    ...times.slice(1).map((values) => spreadOf(ratiosOf(values, ours)).median.toFixed(2)),
    ...subjects.slice(0, 2).map((subject) => allocated(reading, subject, input).toFixed(0)),
  ];
}

/** Nanoseconds for one message. */
function time(reading: Reading, subject: ParserSubject, input: ParserInput): number {
  const start = process.hrtime.bigint();
  const until = start + BigInt(ROUND_MS * 1_000_000);
  let messages = 0;
  let now = start;
  while (now < until) {
    for (let turn = 0; turn < 200; turn++) reading.run(subject, input.bytes);
    messages += 200 * input.messages;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / messages;
}

/** Bytes of heap for one message: the least of several samples, since a collection in between makes one meaningless. */
function allocated(reading: Reading, subject: ParserSubject, input: ParserInput): number {
  const turns = 300;
  const samples: number[] = [];
  for (let sample = 0; sample < 20; sample++) {
    const before = process.memoryUsage().heapUsed;
    for (let turn = 0; turn < turns; turn++) reading.run(subject, input.bytes);
    const after = process.memoryUsage().heapUsed;
    if (after >= before) samples.push((after - before) / (turns * input.messages));
  }
  return samples.length === 0 ? Number.NaN : spreadOf(samples).median;
}
