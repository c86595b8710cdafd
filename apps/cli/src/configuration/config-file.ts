/**
 * What a configuration file says. It is one object: options by name, the same for every mode, and in `private`,
 * `unprivate` and `public` what holds in that mode only. Everything in it is checked, also what does not apply.
 */
import { dirname, resolve } from "node:path";
import { CannotRun, UsageError } from "../failure.ts";
import { optionEntries, OPTIONS, type GivenOptions, type OptionName } from "../options.ts";
import type { OptionSpec } from "../options/option-spec.ts";
import { closestName } from "../suggestion.ts";
import { systemReason } from "../system-reason.ts";
import { JsonError, readJson, type JsonMember, type JsonNode, type Place } from "./json-document.ts";
import { kindOf, plainValue, wantedInstead } from "./json-value.ts";
import { configKey } from "./option-key.ts";
import type { Origin } from "./origin.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");

export type ModeName = (typeof OPTIONS)["mode"]["choices"][number];

interface FileStatement {
  readonly given: GivenOptions;
  readonly origins: ReadonlyMap<OptionName, Origin>;
}

export interface ConfigFile {
  /** As it was typed or found. */
  readonly path: string;
  /** Also says the mode, when the file does. */
  readonly everywhere: FileStatement;
  readonly byMode: ReadonlyMap<ModeName, FileStatement>;
}

export const MODES: readonly ModeName[] = OPTIONS.mode.choices;
/** What tools and editors check the file against. */
export const SCHEMA_KEY = "$schema";
export const DEFAULT_MODE_KEY = "defaultMode";
const SCHEMA_SPEC: OptionSpec = { type: "string", group: "configuration", description: "Where the schema is" };

/**
 * @throws {CannotRun} The file cannot be read.
 * @throws {UsageError} Something in it is wrong; the message says where, and what would be right.
 */
export function readConfigFile(path: string): ConfigFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const fix = "name a file that can be read with --config";
    throw new CannotRun(`Cannot read ${JSON.stringify(path)}: ${systemReason(cause)}; ${fix}`, { cause });
  }
  return parseConfig(path, text);
}

/** As {@link readConfigFile}, of a text. */
export function parseConfig(path: string, text: string): ConfigFile {
  try {
    return new ConfigReader(path).read(readJson(text));
  } catch (error) {
    if (error instanceof JsonError) throw refusal(path, error.place, error.message);
    throw error;
  }
}

/** Options of the table that a file may hold, by their keys in it. */
export function optionKeys(): Map<string, OptionName> {
  const keys = new Map<string, OptionName>();
  for (const [name, spec] of optionEntries()) {
    // A file that names another one, or the mode of a mode, would be two ways to say one thing.
    if (spec.isTypedOnly !== true && name !== "config" && name !== "mode") keys.set(configKey(name), name);
  }
  return keys;
}

class ConfigReader {
  readonly #path: string;
  readonly #keys = optionKeys();

  constructor(path: string) {
    this.#path = path;
  }

  read(root: JsonNode): ConfigFile {
    const members = this.#membersOf(root, "");
    const byMode = new Map<ModeName, FileStatement>();
    for (const mode of MODES) {
      const member = members.get(mode);
      if (member !== undefined) byMode.set(mode, this.#statement(member.node, mode, []));
    }
    const everywhere = this.#statement(root, "", [SCHEMA_KEY, DEFAULT_MODE_KEY, ...MODES]);
    const schema = members.get(SCHEMA_KEY);
    if (schema !== undefined) this.#valueOf(schema.node, SCHEMA_KEY, SCHEMA_SPEC);
    const mode = members.get(DEFAULT_MODE_KEY);
    return { path: this.#path, byMode, everywhere: mode === undefined ? everywhere : this.#withMode(everywhere, mode) };
  }

  #withMode({ given, origins }: FileStatement, { place, node }: JsonMember): FileStatement {
    const mode = this.#valueOf(node, DEFAULT_MODE_KEY, OPTIONS.mode) as ModeName;
    const origin: Origin = { kind: "file", file: this.#path, keyPath: DEFAULT_MODE_KEY, line: place.line };
    return { given: { ...given, mode }, origins: new Map([...origins, ["mode", origin]]) };
  }

  /** @param others Keys of the same object that name no option. */
  #statement(node: JsonNode, keyPath: string, others: readonly string[]): FileStatement {
    const given: Record<string, unknown> = {};
    const origins = new Map<OptionName, Origin>();
    for (const [key, { place, node: valueNode }] of this.#membersOf(node, keyPath)) {
      if (others.includes(key)) continue;
      const path = keyPath === "" ? key : `${keyPath}.${key}`;
      const name = this.#keys.get(key) ?? this.#refuseKey(key, path, place, others);
      const spec: OptionSpec = OPTIONS[name];
      given[name] = this.#located(this.#valueOf(valueNode, path, spec), spec);
      origins.set(name, { kind: "file", file: this.#path, keyPath: path, line: place.line });
    }
    return { given, origins };
  }

  #membersOf(node: JsonNode, keyPath: string): ReadonlyMap<string, JsonMember> {
    if (node.kind === "object") return node.members;
    const what = keyPath === "" ? "the whole" : keyPath;
    throw refusal(this.#path, node.place, `${what} is ${kindOf(node)}; write an object: {}`);
  }

  #valueOf(node: JsonNode, keyPath: string, spec: OptionSpec): unknown {
    const wanted = wantedInstead(node, spec);
    if (wanted === undefined) return plainValue(node);
    throw refusal(this.#path, node.place, `${keyPath} is ${kindOf(node)}; write ${wanted}`);
  }

  /** A path in the file is meant from where the file is, whatever the working directory. */
  #located(value: unknown, spec: OptionSpec): unknown {
    if (spec.type === "list") return [value].flat().map((item) => this.#locatedPath(item, spec));
    // `threads` may be written as the number that it is.
    return typeof value === "number" && spec.type === "string" ? String(value) : this.#locatedPath(value, spec);
  }

  #locatedPath(value: unknown, spec: OptionSpec): unknown {
    if (spec.isPath !== true || typeof value !== "string" || value === "-") return value;
    return resolve(dirname(this.#path), value);
  }

  #refuseKey(key: string, keyPath: string, place: Place, others: readonly string[]): never {
    if (this.#keys.get(`${key}File`) !== undefined) {
      const fix = `write it to a file and name that with ${key}File`;
      throw refusal(this.#path, place, `${keyPath} would be a secret among settings; ${fix}`);
    }
    if (key === "mode") {
      throw refusal(
        this.#path,
        place,
        `${keyPath} is not how a mode is chosen here; write ${DEFAULT_MODE_KEY} at the top`,
      );
    }
    const meant = closestName(key, [...this.#keys.keys(), ...others]);
    const fix = meant === undefined ? "tinyhttp serve --help lists all options" : `perhaps ${meant} was meant`;
    throw refusal(this.#path, place, `there is no option ${JSON.stringify(keyPath)}; ${fix}`);
  }
}

function refusal(path: string, { line, column }: Place, problem: string): UsageError {
  return new UsageError(`Cannot use ${path}, line ${line}, column ${column}: ${problem}`);
}
