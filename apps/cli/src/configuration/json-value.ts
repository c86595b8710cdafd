/** An option's value as JSON, which is how configuration files have it. */
import type { OptionSpec } from "../options/option-spec.ts";
import type { JsonNode } from "./json-document.ts";
import { isInRange, wantedChoice, wantedNumber } from "./option-text.ts";

export function plainValue(node: JsonNode): unknown {
  if (node.kind === "array") return node.items.map(plainValue);
  return node.kind === "scalar" ? node.value : undefined;
}

/** For messages. A string is quoted, since it is what has to be changed; no option's value is a secret. */
export function kindOf(node: JsonNode): string {
  if (node.kind === "object") return "an object";
  if (node.kind === "array") return "a list";
  return JSON.stringify(node.value);
}

/** What would be right in place of this value; `undefined` when it is right. */
export function wantedInstead(node: JsonNode, spec: OptionSpec): string | undefined {
  const value = node.kind === "scalar" ? node.value : undefined;
  switch (spec.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "number":
      return typeof value === "number" && isInRange(value, spec) ? undefined : wantedNumber(spec);
    case "list":
      return isText(node) || (node.kind === "array" && node.items.every(isText)) ? undefined : "a list of strings";
    case "string":
      if (spec.choices !== undefined) return isOneOf(value, spec.choices) ? undefined : wantedChoice(spec.choices);
      if (takesNumber(spec) && Number.isInteger(value)) return undefined;
      return isText(node) ? undefined : "a string that is not empty";
    default:
      return spec.type satisfies never;
  }
}

function isText(node: JsonNode): boolean {
  return node.kind === "scalar" && typeof node.value === "string" && node.value !== "";
}

function isOneOf(value: unknown, choices: readonly string[]): boolean {
  return typeof value === "string" && choices.includes(value);
}

/** Whether what is text on the command line, since it is a number or a word, may be a number in a file. */
export function takesNumber(spec: OptionSpec): boolean {
  return spec.type === "string" && spec.value === "number";
}
