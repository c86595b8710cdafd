/** Rules of this repository that no linter knows. Each failure names the file, the line and the rule. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { ROOT, runCommand, type Outcome, type Step } from "./step.ts";

interface Rule {
  readonly files: RegExp;
  readonly forbids: RegExp;
  readonly why: string;
}

const CODE = /\.(?:ts|mts|js|mjs)$/;

const RULES: readonly Rule[] = [
  {
    files: /\.(?:ts|mjs|md)$/,
    forbids: /RFC ?(?:2616|2068|723[0-5])\b/,
    why: "cite RFC 9110, 9111 or 9112, not the documents they replaced",
  },
  { files: /\.(?:ts|md)$/, forbids: /\bRFC\d{4}/, why: "cite as `RFC NNNN §x.y`" },
  { files: CODE, forbids: /\b(?:TODO|FIXME|XXX|HACK)\b/, why: "finish it or open an issue" },
  { files: /src\/.*\.ts$/, forbids: /^export \* /m, why: "name each export" },
  { files: CODE, forbids: /@ts-(?:ignore|nocheck)/, why: "fix the type, or use @ts-expect-error with a reason" },
  { files: /\.test\.ts$/, forbids: /\b(?:it|test|describe)\.(?:skip|only|todo)\b/, why: "a skipped check is a defect" },
];

export const houseRules: Step = {
  name: "house rules",
  run(): Outcome {
    const findings = trackedFiles().flatMap(findingsIn);
    return { passed: findings.length === 0 ? 1 : 0, failed: findings.length, output: findings.join("\n") };
  },
};

function trackedFiles(): string[] {
  return runCommand("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
    .output.split("\n")
    .filter(Boolean);
}

function findingsIn(file: string): string[] {
  const name = basename(file);
  if (/^(?:utils?|helpers?|misc|common)\./.test(name)) return [`${file}: name the file for the one thing that it does`];
  const rules = RULES.filter((rule) => rule.files.test(file) && !file.startsWith("scripts/gate/"));
  if (rules.length === 0) return [];
  const lines = readFileSync(`${ROOT}${file}`, "utf8").split("\n");
  return rules.flatMap((rule) =>
    lines.flatMap((line, index) => (rule.forbids.test(line) ? [`${file}:${index + 1}: ${rule.why}`] : [])),
  );
}
