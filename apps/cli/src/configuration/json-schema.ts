/** The schema of configuration files (JSON Schema, draft 7, which editors know best), made from the table of options. */
import { OPTIONS } from "../options.ts";
import type { OptionSpec } from "../options/option-spec.ts";
import { DEFAULT_MODE_KEY, MODES, optionKeys, SCHEMA_KEY, type ModeName } from "./config-file.ts";
import { takesNumber } from "./json-value.ts";

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: "string", minLength: 1 } as const;

const IN_MODE: Readonly<Record<ModeName, string>> = {
  private: "What else holds in private mode: for programs on this machine",
  unprivate: "What else holds in unprivate mode: for those who have a key",
  public: "What else holds in public mode: for everybody",
};

export function configSchema(): Schema {
  const options = Object.fromEntries([...optionKeys()].map(([key, name]) => [key, schemaOf(OPTIONS[name])]));
  const modes = MODES.map((mode) => [mode, { ...objectOf(options), description: IN_MODE[mode] }]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://unpkg.com/@tinyhttp/cli/tinyhttp.schema.json",
    title: "Configuration of tinyhttp",
    ...objectOf({
      [SCHEMA_KEY]: { ...TEXT, description: "Where editors find this schema" },
      [DEFAULT_MODE_KEY]: { ...schemaOf(OPTIONS.mode), description: OPTIONS.mode.description },
      ...options,
      ...Object.fromEntries(modes),
    }),
  };
}

function objectOf(properties: Record<string, unknown>): Schema {
  return { type: "object", additionalProperties: false, properties };
}

function schemaOf(spec: OptionSpec): Schema {
  const fallback = spec.default === undefined ? {} : { default: spec.default };
  return { description: spec.description, ...valueSchemaOf(spec), ...fallback };
}

function valueSchemaOf(spec: OptionSpec): Schema {
  if (spec.type === "boolean") return { type: "boolean" };
  if (spec.type === "number") {
    return { type: "integer", minimum: spec.min ?? 0, ...(spec.max === undefined ? {} : { maximum: spec.max }) };
  }
  if (spec.type === "list") return { anyOf: [TEXT, { type: "array", items: TEXT }] };
  if (spec.choices !== undefined) return { type: "string", enum: spec.choices };
  return takesNumber(spec) ? { type: ["string", "integer"], minLength: 1 } : TEXT;
}
