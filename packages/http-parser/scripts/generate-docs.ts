/**
 * Writes the tables of the README from the source: `node scripts/generate-docs.ts`, or `--check` to say whether they
 * are current. A table stands between `<!-- name -->` and `<!-- /name -->`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as errors from "../src/errors.ts";
import { EXPLANATIONS } from "../src/explain-syntax-error.ts";
import { DEFAULT_LIMITS } from "../src/limits.ts";

const README = new URL("../README.md", import.meta.url);
const SOURCE = new URL("../src/", import.meta.url);
/** As errors.ts writes what it cites: the section, and the RFC if it is not 9112. */
const RULE = /(?<="[a-z\d-]+ )([\d.]+)(?: (\d{4}))?(?=[ "])/g;
const RULES = Object.values(errors).filter((value) => typeof value === "string" || typeof value === "number");
const CITATION = /RFC (\d{4})((?:,? (?:and )?§[\d.A-Z]*\w)+)/g;

/** The README with its tables written anew. */
export function readmeWithTables(readme: string): string {
  const tables = { errors: errorTable(), limits: limitTable(), coverage: coverageTable() };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!marked.test(text)) throw new Error(`Cannot write table ${name}: expected <!-- ${name} --> in the README`);
    return text.replace(marked, (_, open: string, close: string) => `${open}${table}\n${close}`);
  }, readme);
}

function errorTable(): string {
  const broken = RULES.map((rule) => new errors.HttpSyntaxError(rule, 0));
  const rows = Object.entries(EXPLANATIONS).map(([code, [action, wanted]]) => {
    const error = broken.find((candidate) => candidate.code === code);
    return [`\`${code}\``, String(error?.status), error?.section ?? "", `${action}: expected ${wanted}`];
  });
  return table(["code", "status", "rule", "message"], rows);
}

function limitTable(): string {
  const source = readFileSync(new URL("limits.ts", SOURCE), "utf8");
  const rows = [...source.matchAll(/\/\*\* (.*) \*\/\n {2}readonly (max\w+): number;/g)].map(
    ([, reason = "", name = ""]) => {
      const value = DEFAULT_LIMITS[name as keyof typeof DEFAULT_LIMITS];
      const [what = "", ...why] = reason.split(new RegExp(`\\. ${value}[:,.]`));
      return [`\`${name}\``, String(value), what, why.join("").trim()];
    },
  );
  return table(["limit", "default", "counts", "why"], rows);
}

function coverageTable(): string {
  const files = readdirSync(SOURCE).filter((name) => name.endsWith(".ts"));
  const cited = new Map<string, { code: Set<string>; tests: Set<string> }>();
  for (const file of files) {
    const text = readFileSync(new URL(file, SOURCE), "utf8");
    const source =
      file === "errors.ts" ? text.replace(RULE, (_, section, rfc = "9112") => `RFC ${rfc} §${section}`) : text;
    for (const section of citationsIn(source)) {
      const entry = cited.get(section) ?? { code: new Set(), tests: new Set() };
      cited.set(section, entry);
      (file.endsWith(".test.ts") ? entry.tests : entry.code).add(file);
    }
  }
  const sections = [...cited.keys()].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const rows = sections.map((section) => [
    section,
    namesOf(cited.get(section)?.code),
    namesOf(cited.get(section)?.tests),
  ]);
  return table(["section", "decided in", "named by tests of"], rows);
}

/** `RFC 9110 §7.8, §9.3.6` cites two sections. */
function citationsIn(text: string): string[] {
  return [...text.matchAll(CITATION)].flatMap(([, rfc = "", sections = ""]) =>
    [...sections.matchAll(/§([\d.A-Z]*\w)/g)].map(([, section = ""]) => `RFC ${rfc} §${section}`),
  );
}

function namesOf(files: ReadonlySet<string> | undefined): string {
  return [...(files ?? [])].map((file) => file.replace(/(\.test)?\.ts$/, "")).join(", ");
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const readme = readFileSync(README, "utf8");
  const current = readmeWithTables(readme);
  if (!process.argv.includes("--check")) writeFileSync(README, current);
  else if (current !== readme) {
    console.error("The README's tables are not current: run node scripts/generate-docs.ts");
    process.exitCode = 1;
  }
}
