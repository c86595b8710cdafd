/** Writes the schema of configuration files from the table of options; with `--check` only says whether it is current. */
import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { configSchema } from "../src/configuration/json-schema.ts";

const SCHEMA = new URL("../tinyhttp.schema.json", import.meta.url);

const wanted = configSchema();
if (process.argv.includes("--check")) {
  // The formatter lays out the file as it likes.
  if (!isDeepStrictEqual(JSON.parse(readFileSync(SCHEMA, "utf8")), wanted)) {
    console.error("apps/cli/tinyhttp.schema.json is not current: run node apps/cli/scripts/config-schema.ts");
    process.exitCode = 1;
  }
} else {
  writeFileSync(SCHEMA, `${JSON.stringify(wanted, undefined, 2)}\n`);
}
