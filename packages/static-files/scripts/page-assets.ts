/**
 * Makes `src/listing/page-assets.ts` from the sources in `page/`: run it after a change there; a test compares the two.
 * The results are kept as strings in a module, because those survive whatever bundles a program that uses the package.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const TARGET = fileURLToPath(new URL("../src/listing/page-assets.ts", import.meta.url));

export function buildStyle(): string {
  return build("page.css");
}

export function buildScript(): string {
  return build("main.ts");
}

function build(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../page/${entry}`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "esnext",
    charset: "utf8",
    legalComments: "none",
  });
  return (outputFiles[0]?.text ?? "").trim();
}

function moduleText(): string {
  return `// Made by scripts/page-assets.ts from the sources in page/.

/** Style sheet of the listing page. */
export const LISTING_STYLE: string =
  ${JSON.stringify(buildStyle())};

/** Script of the listing page. */
export const LISTING_SCRIPT: string =
  ${JSON.stringify(buildScript())};
`;
}

if (import.meta.main) writeFileSync(TARGET, moduleText());
