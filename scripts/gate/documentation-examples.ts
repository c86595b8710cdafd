/**
 * Executes every `ts` and `js` block of every README and of `docs/`, each alone, as a module. A block passes when it
 * ends by itself with exit code 0 and prints what its closing `// prints: …` comments say, in order.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CommandResult, type Outcome, ROOT, runCommand, type Step } from "./step.ts";

interface Example {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

export const documentationExamples: Step = {
  name: "documentation examples",
  run(): Outcome {
    const failures: string[] = [];
    const examples = markdownFiles().flatMap(examplesIn);
    for (const example of examples) {
      const complaint = execute(example);
      if (complaint !== undefined) failures.push(`${example.file}:${example.line}: ${complaint}`);
    }
    return { passed: examples.length - failures.length, failed: failures.length, output: failures.join("\n") };
  },
};

function markdownFiles(): string[] {
  const { output } = runCommand("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"]);
  return output.split("\n").filter((file) => file !== "" && !file.endsWith("CHANGELOG.md"));
}

function examplesIn(file: string): Example[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/^```(ts|js)\n([\s\S]*?)^```$/gm)].map((block) => ({
    file,
    line: text.slice(0, block.index).split("\n").length,
    language: block[1] ?? "ts",
    code: block[2] ?? "",
  }));
}

function execute(example: Example): string | undefined {
  // Beside the document, so that packages resolve as they do for the package that it documents; what the root
  // documents resolves as for the command line, which is made of everything.
  const home = dirname(example.file) === "." ? "apps/cli" : dirname(example.file);
  const folder = join(ROOT, home, ".example");
  mkdirSync(folder, { recursive: true });
  const script = join(folder, `example-${example.line}.m${example.language}`);
  writeFileSync(script, example.code);
  try {
    return complaintAbout(example, runCommand("timeout", ["20", "node", script], join(ROOT, dirname(example.file))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function complaintAbout(example: Example, { succeeded, output }: CommandResult): string | undefined {
  if (!succeeded) return `the example failed or did not end:\n${output}`;
  let from = 0;
  for (const [, expected = ""] of example.code.matchAll(/\/\/ prints: (.*)$/gm)) {
    const at = output.indexOf(expected, from);
    if (at === -1) return `the example did not print ${JSON.stringify(expected)} but:\n${output}`;
    from = at + expected.length;
  }
  return undefined;
}
