/** Every command of the program, as data; each one's work is in its own file, loaded when it is run. */
import type { GivenOptions, OptionName } from "./options.ts";
import { optionsIn, SERVE_OPTIONS } from "./options.ts";

export interface CommandSpec {
  readonly summary: string;
  /** What may follow the options, in order. */
  readonly positionals: readonly PositionalSpec[];
  readonly options: readonly OptionName[];
  readonly examples: readonly (readonly [line: string, effect: string])[];
  readonly load: () => Promise<RunCommand>;
}

interface PositionalSpec {
  readonly name: string;
  readonly description: string;
  /** What stands in for it when it is absent; absent itself when there must be one. */
  readonly default?: string;
  /** The last one may be given several times. */
  readonly isRepeated?: true;
  readonly choices?: readonly string[];
}

/** Resolves when the command has begun (a server listens) or ended (a report is printed). */
type RunCommand = (positionals: readonly string[], given: GivenOptions) => Promise<void>;

const KEY_FILE_OPTIONS: readonly OptionName[] = ["key-file", "security-log", "config", "json"];
const KEY_ID: PositionalSpec = { name: "id", description: "Id of a key, as keys list shows it" };

export const COMMANDS = {
  serve: {
    summary: "Serve a directory (or one file) over HTTP",
    positionals: [
      { name: "root", description: "Directory or file to serve", default: "." },
      { name: "port", description: "Number of a port, as with --port", default: "6789" },
    ],
    options: SERVE_OPTIONS,
    examples: [
      ["tinyhttp", "this directory, for this machine only"],
      ["tinyhttp ./dist --spa --open", "a built web app, shown in the browser"],
      ["tinyhttp ./site --watch", "a site that you write, which shows every change"],
      ["tinyhttp ./docs 8080 --mode public", "a directory, for the whole network, on port 8080"],
      ["tinyhttp ./photos --mode public --qr --for 30m", "a directory, for a phone, for half an hour"],
      ["tinyhttp keys create --holder ada --expires 30d", "a key for a colleague; then:"],
      ["tinyhttp ./reports --mode unprivate --tls-self-signed", "a directory, for who has a key"],
      ["tinyhttp --handler ./app.js", "your own handler, or a Hono or h3 app"],
    ],
    load: async () => (await import("./commands/serve.ts")).serve,
  },
  "keys create": {
    summary: "Make an API key, and show it once",
    positionals: [],
    options: [...optionsIn("keys").filter((name) => name !== "overlap"), ...KEY_FILE_OPTIONS],
    examples: [
      ["tinyhttp keys create --holder ada --expires 30d", "a key to read everything with, for 30 days"],
      ["tinyhttp keys create --scope read --path /reports", "one that only reads what is below /reports"],
    ],
    load: async () => (await import("./commands/keys.ts")).createKeyCommand,
  },
  "keys list": {
    summary: "List all keys, what they allow and when they were last used",
    positionals: [],
    options: KEY_FILE_OPTIONS,
    examples: [
      ["tinyhttp keys list --json | jq -r '.[] | select(.state == \"active\") | .id'", "ids of the keys that work"],
    ],
    load: async () => (await import("./commands/keys.ts")).listKeysCommand,
  },
  "keys rotate": {
    summary: "Make a key that follows another one, with the same rights",
    positionals: [KEY_ID],
    options: ["overlap", ...KEY_FILE_OPTIONS],
    examples: [["tinyhttp keys rotate 7Qk2mZpA --overlap 7d", "a week for changing over"]],
    load: async () => (await import("./commands/keys.ts")).rotateKeyCommand,
  },
  "keys revoke": {
    summary: "End a key; running servers refuse it from the next request on",
    positionals: [KEY_ID],
    options: KEY_FILE_OPTIONS,
    examples: [["tinyhttp keys revoke 7Qk2mZpA", "nobody gets in with it any more"]],
    load: async () => (await import("./commands/keys.ts")).revokeKeyCommand,
  },
  "keys verify": {
    summary: "Say whether the key on standard input works; exit code 1 when it does not",
    positionals: [],
    options: KEY_FILE_OPTIONS,
    examples: [["tinyhttp keys verify < key.txt", "the key in a file"]],
    load: async () => (await import("./commands/keys.ts")).verifyKeyCommand,
  },
  "sessions list": {
    summary: "List who is signed in with a browser",
    positionals: [],
    options: ["session-file", "config", "json"],
    examples: [["tinyhttp sessions list", "who is signed in, with which key, and since when"]],
    load: async () => (await import("./commands/sessions.ts")).listSessionsCommand,
  },
  "sessions end": {
    summary: "Sign a browser out; its key still works",
    positionals: [{ name: "id", description: "Id of a session, as sessions list shows it" }],
    options: ["session-file", "config"],
    examples: [["tinyhttp sessions end 7Qk2mZpA", "on the next request it is asked for a key again"]],
    load: async () => (await import("./commands/sessions.ts")).endSessionCommand,
  },
  "config check": {
    summary: "Say what a configuration comes to, who can reach what, and what that risks",
    positionals: [{ name: "root", description: "Directory or file to serve", default: "." }],
    options: [...SERVE_OPTIONS, "json"],
    examples: [
      ["tinyhttp config check", "what tinyhttp would do in this directory"],
      ["tinyhttp config check --mode public --json", "the same in public mode, for a program"],
    ],
    load: async () => (await import("./commands/config.ts")).checkConfig,
  },
  "config schema": {
    summary: "Print the JSON Schema of tinyhttp.config.json, for editors",
    positionals: [],
    options: [],
    examples: [
      ["tinyhttp config schema > tinyhttp.schema.json", 'then write "$schema": "./tinyhttp.schema.json" in the file'],
    ],
    load: async () => (await import("./commands/config.ts")).showSchema,
  },
  parse: {
    summary: "Show what HTTP/1.x bytes mean, message by message, and where they are wrong",
    positionals: [{ name: "file", description: "File to read; - is standard input", default: "-" }],
    options: optionsIn("parse", "output"),
    examples: [
      [String.raw`printf 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' | tinyhttp parse`, "a request"],
      ["tinyhttp parse answers.bin --method HEAD,GET", "responses"],
    ],
    load: async () => (await import("./commands/parse.ts")).parse,
  },
  echo: {
    summary: "Send every byte back, to test clients, proxies and networks with",
    positionals: [{ name: "port", description: "Number of a port, as with --port", default: "6789" }],
    options: [
      "port",
      "host",
      "socket",
      "for",
      "tls-cert",
      "tls-key",
      "max-connections",
      "max-connections-per-address",
      "quiet",
      ...optionsIn("echo"),
    ],
    examples: [
      ["tinyhttp echo 7777", "on a port of this machine; then, elsewhere: nc 127.0.0.1 7777"],
      ["tinyhttp echo --socket ./echo.sock", "on a Unix socket"],
    ],
    load: async () => (await import("./commands/echo.ts")).echo,
  },
  type: {
    summary: "Show which Content-Type files are sent with, and why",
    positionals: [
      { name: "file", description: "File to look at, which need not exist if its name says enough", isRepeated: true },
    ],
    options: optionsIn("output"),
    examples: [["tinyhttp type ./dist/*", "every file of a directory"]],
    load: async () => (await import("./commands/type.ts")).type,
  },
  completion: {
    summary: "Print a script that completes commands and options in a shell",
    positionals: [{ name: "shell", description: "bash, zsh or fish", choices: ["bash", "zsh", "fish"] }],
    options: [],
    examples: [
      ['eval "$(tinyhttp completion bash)"', "in ~/.bashrc"],
      ["source <(tinyhttp completion zsh)", "in ~/.zshrc, behind compinit"],
      ["tinyhttp completion fish | source", "in ~/.config/fish/config.fish"],
    ],
    load: async () => (await import("./commands/completion.ts")).completion,
  },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;

/** The command that runs when none is named. */
export const DEFAULT_COMMAND: CommandName = "serve";

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Those whose name is this word and another. */
export function commandsOf(family: string): CommandName[] {
  return (Object.keys(COMMANDS) as CommandName[]).filter((name) => name.startsWith(`${family} `));
}

/** How a command is written, without its options: `tinyhttp parse [file]`. */
export function commandForm(name: CommandName): string {
  const { positionals }: CommandSpec = COMMANDS[name];
  const words = positionals.map(({ name: word, default: fallback, isRepeated }) => {
    const shown = isRepeated === true ? `${word}...` : word;
    return fallback === undefined ? `<${shown}>` : `[${shown}]`;
  });
  return ["tinyhttp", name, ...words].join(" ");
}
