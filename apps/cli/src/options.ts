/**
 * Every option of the program, as data. Parsing, help and the README's table all come from here, so that
 * none of them can say something else.
 */
export interface OptionSpec {
  /** `list`: may be given several times. */
  readonly type: "boolean" | "number" | "string" | "list";
  readonly group: OptionGroup;
  /** One line, without the default. */
  readonly description: string;
  /** What the value is, in a word; absent for booleans. */
  readonly value?: string;
  readonly short?: string;
  /** Absent: nothing is assumed. A boolean with the default `true` is switched off with `--no-…`. */
  readonly default?: boolean | number | string | readonly string[];
  readonly choices?: readonly string[];
  /** Of a number, which is whole and never negative. */
  readonly max?: number;
}

export type OptionGroup = "address" | "files" | "answers" | "reports" | "parse";

/** Headings by what people want to do, in the order in which help shows them. */
export const OPTION_GROUPS: Readonly<Record<OptionGroup, string>> = {
  address: "How it listens",
  files: "What it serves",
  answers: "How it answers",
  reports: "What it reports",
  parse: "What it reads (tinyhttp parse)",
};

export const OPTIONS = {
  port: {
    type: "number",
    group: "address",
    short: "p",
    value: "number",
    max: 65_535,
    default: 6789,
    description: "Port; 0 lets the system choose. When the default is taken, the next free port is used",
  },
  host: {
    type: "string",
    group: "address",
    value: "address",
    default: "127.0.0.1",
    description: "Address to listen on; 0.0.0.0 or :: lets the whole network in",
  },
  threads: {
    type: "string",
    group: "address",
    value: "number",
    default: "1",
    description: "Threads that share the port and the work; auto for one per processor",
  },
  open: { type: "boolean", group: "address", default: false, description: "Open the address in the browser" },
  index: {
    type: "list",
    group: "files",
    value: "name",
    default: ["index.html"],
    description: "File that stands for its directory; repeat it to try several in order",
  },
  listing: { type: "boolean", group: "files", default: true, description: "List directories that have no index file" },
  spa: {
    type: "boolean",
    group: "files",
    default: false,
    description: "Answer with the root's index file where no file is found, for apps that route in the browser",
  },
  "clean-urls": {
    type: "boolean",
    group: "files",
    default: false,
    description: "Find about.html under /about",
  },
  dotfiles: {
    type: "boolean",
    group: "files",
    default: false,
    description: "Serve names that begin with a dot; without it only /.well-known exists",
  },
  "follow-symlinks": {
    type: "boolean",
    group: "files",
    default: false,
    description: "Follow symbolic links that lead out of the root",
  },
  "base-path": {
    type: "string",
    group: "files",
    value: "path",
    default: "/",
    description: "Path under which the root appears",
  },
  handler: {
    type: "string",
    group: "files",
    value: "module",
    description:
      "Serve what this module exports (a handler or a fetch object) in place of a directory; Response is then a faster class",
  },
  "cache-control": {
    type: "string",
    group: "answers",
    value: "value",
    default: "no-cache",
    description: "Cache-Control of every file; with no-cache browsers ask each time whether a file has changed",
  },
  header: {
    type: "list",
    group: "answers",
    short: "H",
    value: "name: value",
    description: "Field to add to every answer; repeat it for several",
  },
  cors: { type: "boolean", group: "answers", default: false, description: "Let pages of any site read the files" },
  compress: {
    type: "boolean",
    group: "answers",
    default: true,
    description: "Send text compressed to those who accept it",
  },
  "access-log": {
    type: "string",
    group: "reports",
    value: "file",
    description: "Write a line per request to this file, or to standard output when it is -; SIGHUP reopens the file",
  },
  "log-format": {
    type: "string",
    group: "reports",
    value: "form",
    choices: ["pretty", "combined", "json"],
    description: "pretty, combined or json; by itself pretty on a terminal, else combined",
  },
  quiet: {
    type: "boolean",
    group: "reports",
    short: "q",
    default: false,
    description: "Print nothing but warnings and errors",
  },
  debug: {
    type: "boolean",
    group: "reports",
    default: false,
    description: "Show the head of each request and of its answer, with secrets blanked out",
  },
  request: {
    type: "boolean",
    group: "parse",
    default: false,
    description: "Read requests, whatever the first bytes look like",
  },
  response: {
    type: "boolean",
    group: "parse",
    default: false,
    description: "Read responses, whatever the first bytes look like",
  },
  method: {
    type: "string",
    group: "parse",
    value: "list",
    description: "Read responses to requests with these methods, as in HEAD,GET; those behind the last are GET",
  },
  json: { type: "boolean", group: "parse", default: false, description: "Print one JSON object per message" },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<Spec> = Spec extends { type: "boolean" }
  ? boolean
  : Spec extends { type: "number" }
    ? number
    : Spec extends { type: "list" }
      ? readonly string[]
      : Spec extends { choices: readonly (infer Choice)[] }
        ? Choice
        : string;

/** What the command line says, and nothing that it does not say. */
export type GivenOptions = { readonly [Name in OptionName]?: ValueOf<(typeof OPTIONS)[Name]> };

/** The same with defaults filled in. */
export type Options = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends { default: unknown }
    ? ValueOf<(typeof OPTIONS)[Name]>
    : ValueOf<(typeof OPTIONS)[Name]> | undefined;
};

export function withDefaults(given: GivenOptions): Options {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of optionEntries()) values[name] = given[name] ?? spec.default;
  // The table's type and this loop state the same thing; the compiler only sees the first.
  return values as Options;
}

export function optionEntries(): [OptionName, OptionSpec][] {
  return Object.entries(OPTIONS) as [OptionName, OptionSpec][];
}

/** The options of these groups, in the table's order. */
export function optionsIn(...groups: readonly OptionGroup[]): OptionName[] {
  return optionEntries().flatMap(([name, { group }]) => (groups.includes(group) ? [name] : []));
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}
