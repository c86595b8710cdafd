/** The gate: everything that must hold before a change lands, in one command. Ends with `N passed, N failed`. */
import { documentationExamples } from "./gate/documentation-examples.ts";
import { houseRules } from "./gate/house-rules.ts";
import { installedPackages } from "./gate/installed-packages.ts";
import { commandStep, type Step } from "./gate/step.ts";
import { systemPrograms } from "./gate/system-programs.ts";
import { unitTests } from "./gate/unit-tests.ts";

const STEPS: readonly Step[] = [
  systemPrograms,
  commandStep("format", "oxfmt", "--check"),
  commandStep("lint", "oxlint", "--type-aware"),
  houseRules,
  commandStep("build", "turbo", "run", "build", "--output-logs=errors-only"),
  commandStep("types", "turbo", "run", "typecheck", "--output-logs=errors-only"),
  commandStep("types of the scripts", "tsc", "-p", "tsconfig.json"),
  commandStep("package boundaries", "turbo", "boundaries"),
  commandStep("unused code", "knip"),
  unitTests,
  commandStep("packed packages", "turbo", "run", "check:package", "--output-logs=errors-only"),
  installedPackages,
  documentationExamples,
];

const wanted = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const step of STEPS) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  const startedAt = performance.now();
  const outcome = step.run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${outcome.failed === 0 ? "ok    " : "FAILED"} ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`,
  );
  if (outcome.failed > 0) console.log(outcome.output);
  passed += outcome.passed;
  failed += outcome.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
