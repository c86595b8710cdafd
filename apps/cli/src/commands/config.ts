/** `tinyhttp config …`: what a configuration comes to, and the schema of its file. */
import { configure, type Configuration } from "../configuration/configuration.ts";
import { describeOrigin, type Origin } from "../configuration/origin.ts";
import { risksOf } from "../configuration/risks.ts";
import { shownValue } from "../configuration/shown-value.ts";
import { refuseContradictions } from "../contradictions.ts";
import { CannotRun, UsageError } from "../failure.ts";
import { planLimits } from "../limits/limit-plan.ts";
import { optionEntries, SERVE_OPTIONS, type GivenOptions } from "../options.ts";
import { checkReach, reachOf, type Reach } from "../reach.ts";
import { showable } from "../safe-text.ts";
import { say, STDERR, STDOUT } from "../terminal.ts";

export interface ConfigReport {
  readonly file: string | undefined;
  readonly mode: string;
  readonly options: Readonly<Record<string, { readonly value: unknown; readonly from: string }>>;
  readonly reach: string;
  readonly risks: readonly string[];
  /** Why a server would not start. */
  readonly refused: string | undefined;
}

/** Says what `tinyhttp serve` would do with the same options, and does nothing of it. */
export async function checkConfig(words: readonly string[], typed: GivenOptions): Promise<void> {
  const [root] = words;
  const { json = false, ...rest } = typed;
  const configuration = await configure(root === undefined ? rest : { ...rest, root }, SERVE_OPTIONS, process.env);
  const report = await reportOn(configuration);
  say(STDOUT, json ? JSON.stringify(report, undefined, 2) : reportText(report));
  for (const warning of configuration.warnings) say(STDERR, `tinyhttp: ${warning}`);
  if (report.refused !== undefined) process.exitCode = 1;
}

export async function showSchema(): Promise<void> {
  const { configSchema } = await import("../configuration/json-schema.ts");
  say(STDOUT, JSON.stringify(configSchema(), undefined, 2));
}

async function reportOn(configuration: Configuration): Promise<ConfigReport> {
  const { options, given, origins, file } = configuration;
  const reach = reachOf(options, process.env);
  let risks: readonly string[] = risksOf(options, reach);
  let refused: string | undefined;
  try {
    refuseContradictions(given, origins);
    planLimits(options);
    risks = [...(await checkReach(reach, options)), ...risks];
  } catch (error) {
    if (!(error instanceof CannotRun || error instanceof UsageError)) throw error;
    refused = error.message;
  }
  return {
    file: file?.path,
    mode: options.mode,
    options: listOptions(configuration),
    reach: reachSentence(reach),
    risks,
    refused,
  };
}

function listOptions({ options, origins, secrets }: Configuration): ConfigReport["options"] {
  const listed: Record<string, { value: unknown; from: string }> = {};
  for (const [name] of optionEntries()) {
    if (!SERVE_OPTIONS.includes(name) || name === "config") continue;
    const origin: Origin = origins.get(name) ?? { kind: "default" };
    listed[name] = {
      value: shownValue(name, secrets.has(name) ? "(secret)" : options[name]),
      from: describeOrigin(origin),
    };
  }
  return listed;
}

function reachSentence({ mode, host, socket, isEncrypted, keyFile }: Reach): string {
  const where = `${socket ?? host ?? "every address of this machine"}, ${isEncrypted ? "encrypted" : "not encrypted"}`;
  if (mode === "private") return `Programs on this machine may ask for everything, at ${where}`;
  if (mode === "unprivate") {
    return `Who has a key of ${keyFile ?? "a file that is not there yet"} may ask for what the key allows, at ${where}`;
  }
  const writers =
    keyFile === undefined ? "more is for who has a key, which nobody has" : `more is for who has a key of ${keyFile}`;
  return `Everybody may read and list everything, at ${where}; ${writers}`;
}

function reportText({ file, mode, options, reach, risks, refused }: ConfigReport): string {
  const rows = Object.entries(options).map(([name, { value, from }]) => [name, valueText(value), from] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map(
    ([name, value, from]) => `  ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${from}`,
  );
  return [
    `${mode} mode${file === undefined ? "" : `, with ${file}`}`,
    "",
    ...table,
    "",
    "Who can reach it",
    `  ${reach}`,
    ...(risks.length === 0 ? [] : ["", "Risks", ...risks.map((risk) => `  ${risk}`)]),
    ...(refused === undefined ? [] : ["", "A server would not start", `  ${refused}`]),
  ].join("\n");
}

function valueText(value: unknown): string {
  if (value === undefined) return "-";
  if (typeof value === "boolean") return value ? "on" : "off";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return showable(Array.isArray(value) ? value.join(", ") : text, 60);
}
