/**
 * Every option of the program is data. Parsing, help, the README's table, the names in the environment and the schema of
 * configuration files all come from there, so that none of them can say something else.
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
  readonly min?: number;
  readonly max?: number;
  /** Names a file or directory: what a configuration file says is relative to where that file is. */
  readonly isPath?: true;
  /**
   * Names a file that holds a secret; the option's name ends in `-file`. The environment may hold the secret itself, in
   * the variable without `_FILE`. The command line and configuration files never do.
   */
  readonly isSecret?: true;
  /** It is written without a name on the command line. */
  readonly isPositional?: true;
  /** Absent: it can also stand in the environment and in a configuration file. */
  readonly isTypedOnly?: true;
}

export type OptionGroup =
  | "address"
  | "share"
  | "access"
  | "transport"
  | "limits"
  | "files"
  | "answers"
  | "reports"
  | "configuration"
  | "keys"
  | "parse"
  | "echo"
  | "output";

/** Headings by what people want to do, in the order in which help shows them. */
export const OPTION_GROUPS: Readonly<Record<OptionGroup, string>> = {
  address: "How it listens",
  share: "How it is shown, and for how long",
  access: "Who may ask",
  transport: "How it encrypts",
  limits: "How much it takes",
  files: "What it serves",
  answers: "How it answers",
  reports: "What it reports",
  configuration: "Where this can be written down",
  keys: "What a key is for (tinyhttp keys)",
  parse: "What it reads (tinyhttp parse)",
  echo: "What it takes (tinyhttp echo)",
  output: "How it is printed",
};
