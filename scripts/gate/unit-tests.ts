/** Runs every test with vitest and counts them one by one; a skipped test counts as failed. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome, runCommand, type Step } from "./step.ts";

interface VitestReport {
  numTotalTests: number;
  numPassedTests: number;
  testResults: { name: string; status: string; message: string }[];
}

export const unitTests: Step = {
  name: "tests",
  run(): Outcome {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-gate-"));
    try {
      const file = join(folder, "report.json");
      const { succeeded, output } = runCommand("vitest", [
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
      ]);
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
  return { passed: report.numPassedTests, failed, output };
}
