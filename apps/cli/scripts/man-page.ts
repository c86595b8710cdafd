/** Writes `man/tinyhttp.1` from the tables of options and commands; with `--check` only says whether it is current. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { commandForm, COMMANDS, DEFAULT_COMMAND, type CommandName, type CommandSpec } from "../src/commands.ts";
import { optionEntries } from "../src/options.ts";
import { OPTION_GROUPS, type OptionSpec } from "../src/options/option-spec.ts";

const LINE_WIDTH = 79;
const PAGE = new URL("../man/tinyhttp.1", import.meta.url);

/** @returns The page in the language of man(7). */
export function manPage(): string {
  const entries = Object.entries(COMMANDS) as [CommandName, CommandSpec][];
  const lines = [
    String.raw`.\" Written by scripts/man-page.ts from the tables that the program reads.`,
    '.TH TINYHTTP 1 "" tinyhttp "User Commands"',
    section("NAME", [String.raw`tinyhttp \- serve a directory over HTTP, safely by default`]),
    section("SYNOPSIS", synopsis(entries.map(([name]) => name))),
    section("DESCRIPTION", paragraph(DESCRIPTION)),
    section(
      "COMMANDS",
      entries.flatMap(([name, spec]) => command(name, spec)),
    ),
    section("OPTIONS", optionLines()),
    section(
      "ENVIRONMENT",
      ENVIRONMENT.flatMap(([name, effect]) => item(`.B ${roff(name)}`, effect)),
    ),
    section(
      "FILES",
      FILES.flatMap(([name, effect]) => item(`.I ${roff(name)}`, effect)),
    ),
    section(
      "EXIT STATUS",
      EXIT_STATUS.flatMap(([status, when]) => item(`.B ${status}`, when)),
    ),
    section(
      "EXAMPLES",
      entries.flatMap(([, spec]) => examples(spec)),
    ),
  ];
  return `${lines.flat().join("\n")}\n`;
}

const DESCRIPTION =
  "Without a command, tinyhttp serves the directory or file that is named, or this one, to this machine only. It shows " +
  "where on a terminal; elsewhere, standard output has exactly one line, the URL, as soon as the server listens. " +
  "It ends at SIGINT and SIGTERM when what is under way has finished, and at once at the second. SIGHUP opens the " +
  "access log again, takes new certificates, and with --handler replaces the threads one after the other.";

const ENVIRONMENT: readonly (readonly [name: string, effect: string])[] = [
  ["TINYHTTP_…", "Options, as in TINYHTTP_PORT=8080 for --port 8080; the command line goes before them."],
  ["NO_COLOR", "Without colours when it is not empty."],
  ["LISTEN_FDS, LISTEN_PID", "A socket that a service manager has opened, as sd_listen_fds(3) describes."],
];

const FILES: readonly (readonly [name: string, effect: string])[] = [
  ["tinyhttp.config.json", "Options in JSON, read when it is in this directory; the environment goes before it."],
];

const EXIT_STATUS: readonly (readonly [status: string, when: string])[] = [
  ["0", "It was ended by a signal or its time was up; what was asked about is in order."],
  ["1", "It cannot run, as when there is no such directory; what was asked about is not in order."],
  ["2", "Something that was typed cannot be understood."],
];

function section(heading: string, lines: readonly string[]): string[] {
  return [`.SH ${heading}`, ...lines];
}

function synopsis(names: readonly CommandName[]): string[] {
  const lines = names.flatMap((name) => {
    const form = commandForm(name);
    const shortest = name === DEFAULT_COMMAND ? form.replace(` ${name}`, ` [${name}]`) : form;
    const [program = "", ...words] = shortest.split(" ");
    return [".br", `.B ${program}`, `${roff(words.join(" "))} [options]`];
  });
  // The first begins a line by itself.
  return lines.slice(1);
}

function command(name: CommandName, { summary, positionals }: CommandSpec): string[] {
  const words = positionals.map(({ name: word, description, default: fallback }) => {
    const byDefault = fallback === undefined ? "" : ` (${fallback})`;
    return `${word}: ${description.charAt(0).toLowerCase()}${description.slice(1)}${byDefault}.`;
  });
  return item(`.B ${roff(name)}`, [`${summary}.`, ...words].join(" "));
}

function optionLines(): string[] {
  const lines: string[] = [];
  for (const [group, heading] of Object.entries(OPTION_GROUPS)) {
    const members = optionEntries().filter(([, spec]) => spec.group === group && spec.isPositional !== true);
    if (members.length === 0) continue;
    lines.push(`.SS ${quoted(heading)}`, ...members.flatMap(([name, spec]) => option(name, spec)));
  }
  return lines;
}

function option(name: string, spec: OptionSpec): string[] {
  const { default: fallback, description, value } = spec;
  const short = spec.short === undefined ? "" : `${bold(`-${spec.short}`)}, `;
  const shown = value === undefined ? "" : ` \\fI${roff(value)}\\fP`;
  if (fallback === true) {
    const effect = `Do not ${description.charAt(0).toLowerCase()}${description.slice(1)}.`;
    return item(bold(`--no-${name}`), effect);
  }
  const byDefault = fallback === undefined || fallback === false ? "" : ` (${String(fallback)})`;
  return item(`${short}${bold(`--${name}`)}${shown}`, `${description}${byDefault}.`);
}

function examples({ examples: lines }: CommandSpec): string[] {
  return lines.flatMap(([line, effect]) => item(bold(line), `${effect.charAt(0).toUpperCase()}${effect.slice(1)}.`));
}

/** A term, and what is said of it, indented. */
function item(term: string, text: string): string[] {
  return [".TP", term, ...paragraph(text)];
}

/** In lines that a person can read too; a sentence begins a line, so that the reader's program can space it. */
function paragraph(text: string): string[] {
  const lines: string[] = [];
  for (const sentence of text.split(/(?<=\.) (?=[A-Z])/)) {
    let line = "";
    for (const word of sentence.split(" ").map(roff)) {
      if (line !== "" && line.length + word.length >= LINE_WIDTH) {
        lines.push(line);
        line = "";
      }
      line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

function bold(text: string): string {
  return `\\fB${roff(text)}\\fP`;
}

function quoted(text: string): string {
  return `"${roff(text).replaceAll('"', String.raw`\(dq`)}"`;
}

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": String.raw`\e`,
  "-": String.raw`\-`,
  "'": String.raw`\(aq`,
  "`": String.raw`\(ga`,
  "^": String.raw`\(ha`,
  "~": String.raw`\(ti`,
  "…": String.raw`\&...`,
};

/** Text in which nothing is an instruction. */
function roff(text: string): string {
  return text
    .replaceAll(/[\\\-'`^~…]/g, (character) => SPECIAL[character] ?? character)
    .replace(/^\./, String.raw`\&.`);
}

if (import.meta.main) {
  const wanted = manPage();
  if (process.argv.includes("--check")) {
    if (readFileSync(PAGE, "utf8") !== wanted) {
      console.error("apps/cli/man/tinyhttp.1 is not current: run node apps/cli/scripts/man-page.ts");
      process.exitCode = 1;
    }
  } else {
    mkdirSync(new URL(".", PAGE), { recursive: true });
    writeFileSync(PAGE, wanted);
  }
}
