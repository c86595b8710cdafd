/** Runs every test with vitest and counts them one by one; a skipped test counts as failed. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome, runCommand, type Step } from "./step.ts";

interface VitestReport {
  numTotalTests: number;
  numPassedTests: number;
  testResults: TestFile[];
}

interface TestFile {
  name: string;
  status: string;
  message: string;
  assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
}

export const unitTests: Step = {
  name: "tests",
  run(): Outcome {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-gate-"));
    try {
      const file = join(folder, "report.json");
      const { succeeded, output } = runCommand("vitest", ["run", "--reporter=json", `--outputFile.json=${file}`]);
      return count(JSON.parse(readFileSync(file, "utf8")) as VitestReport, succeeded, output);
    } catch (cause) {
      return { passed: 0, failed: 1, output: `Cannot read the report of the tests: ${String(cause)}` };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function count(report: VitestReport, succeeded: boolean, output: string): Outcome {
  const notPassed = report.numTotalTests - report.numPassedTests;
  // A file that does not load has no test of its own to fail.
  const brokenFiles = report.testResults.filter((file) => file.status === "failed" && file.message !== "").length;
  const failed = Math.max(notPassed + brokenFiles, succeeded && report.numTotalTests > 0 ? 0 : 1);
  return {
    passed: report.numPassedTests,
    failed,
    output: [...report.testResults.flatMap(failuresIn), output].join("\n"),
  };
}

/** What went wrong, without what went right: whoever reads it may see only its first lines. */
function failuresIn({ name, status, message, assertionResults }: TestFile): string[] {
  const failures = assertionResults
    .filter((test) => test.status !== "passed")
    .map((test) => `${test.status} ${name}: ${test.fullName}\n${test.failureMessages.join("\n")}`);
  return status === "failed" && message !== "" ? [`failed ${name}\n${message}`, ...failures] : failures;
}
