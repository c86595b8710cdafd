/** Writes the README's table of options from the table in `src/options.ts`; with `--check` only says whether it is current. */
import { readFileSync, writeFileSync } from "node:fs";
import { optionEntries } from "../src/options.ts";
import { OPTION_GROUPS, type OptionSpec } from "../src/options/option-spec.ts";

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- options: written by scripts/readme-options.ts -->";
const END = "<!-- end of options -->";

/** @returns The README with its table as it should be. */
export function withOptionsTable(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`Cannot find the place of the table: wanted ${BEGIN} and ${END}`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${optionsTable()}\n\n${readme.slice(end)}`;
}

function optionsTable(): string {
  const rows = ["| option | default | effect |", "|---|---|---|"];
  for (const [group, heading] of Object.entries(OPTION_GROUPS)) {
    rows.push(`| **${heading}** | | |`);
    for (const [name, spec] of optionEntries()) {
      if (spec.group === group)
        rows.push(`| ${forms(name, spec)} | ${fallback(spec)} | ${escaped(spec.description)} |`);
    }
  }
  return rows.join("\n");
}

function forms(name: string, spec: OptionSpec): string {
  if (spec.isPositional === true) return `\`[${name}]\``;
  const value = spec.value === undefined ? "" : ` <${spec.value}>`;
  const long = `\`--${name}${value}\``;
  if (spec.default === true || (spec.type === "boolean" && spec.default === undefined))
    return `${long}, \`--no-${name}\``;
  return spec.short === undefined ? long : `${long}, \`-${spec.short}\``;
}

function fallback({ default: value }: OptionSpec): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "on" : "off";
  return `\`${String(value)}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (import.meta.main) {
  const current = readFileSync(README, "utf8");
  const wanted = withOptionsTable(current);
  if (process.argv.includes("--check")) {
    if (current !== wanted) {
      console.error(
        "The table of options in apps/cli/README.md is not current: run node apps/cli/scripts/readme-options.ts",
      );
      process.exitCode = 1;
    }
  } else {
    writeFileSync(README, wanted);
  }
}
