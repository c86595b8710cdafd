/** Gathers the pages, lets typedoc describe every export, and has VitePress make the site: dist/site. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { decisions, documentPages, packagePages, ROOT, withPageLinks } from "./pages.ts";

const DOCS = fileURLToPath(new URL("../", import.meta.url));
const PAGES = join(DOCS, "dist/pages");

rmSync(join(DOCS, "dist"), { recursive: true, force: true });
writeWrittenPages();
writeDocuments();
writePage("options", optionsPage());
writePage("rfc-coverage", coveragePage());
writePage("speed", speedPage());
writePage("packages/index", packagesPage());
writePage("decisions/index", decisionsPage());
writeApi();
writeAssets();
await build(DOCS);

function writePage(name: string, markdown: string): void {
  const file = join(PAGES, `${name}.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, markdown);
}

/** Pages that exist for the site alone. */
function writeWrittenPages(): void {
  cpSync(join(DOCS, "pages"), PAGES, { recursive: true });
}

function writeDocuments(): void {
  for (const [file, page] of documentPages)
    writePage(page, withPageLinks(readFileSync(join(ROOT, file), "utf8"), file));
}

/** The table between two markers of the parser's README, which its own script generates from the citations. */
function coveragePage(): string {
  const readme = readFileSync(join(ROOT, "packages/http-parser/README.md"), "utf8");
  const table = between(readme, "coverage");
  const vectors = JSON.parse(readFileSync(join(ROOT, "conformance/vectors/http1-vectors.json"), "utf8")) as unknown[];
  return `# RFC coverage

Which section of which RFC is decided where, from the citations in the parser's source and in its tests. ${vectors.length} wire vectors, each read whole, byte by byte and split at every place, hold it to that; [what other servers make of them](/other-servers) is a page of its own.

${table}
`;
}

function optionsPage(): string {
  const readme = readFileSync(join(ROOT, "apps/cli/README.md"), "utf8");
  return `# Every option

Each can also stand in the environment and in a configuration file: [the command line's own page](/packages/cli) says how.

${between(readme, "options")}
`;
}

function speedPage(): string {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  return `# How fast it is

${withPageLinks(between(readme, "bench"), "README.md")}
`;
}

/** What a script has put between two comments that name it. */
function between(markdown: string, name: string): string {
  const match = new RegExp(`<!-- ${name}\\b[^>]*-->\n([\\s\\S]*?)<!-- (?:/|end of )${name} -->`).exec(markdown);
  if (match?.[1] === undefined) throw new Error(`Cannot find what stands between the markers "${name}"`);
  return match[1];
}

function packagesPage(): string {
  const rows = packagePages.map(({ name, description }) => `| [${name}](/packages/${name}) | ${description} |`);
  return [
    "# Packages",
    "",
    "Each is installed alone: `npm install @tinyhttp/…`.",
    "",
    "| | |",
    "|---|---|",
    ...rows,
  ].join("\n");
}

function decisionsPage(): string {
  const rows = decisions().map((file) => {
    const title = /^# (.+)$/m.exec(readFileSync(join(ROOT, "decisions", file), "utf8"))?.[1] ?? file;
    return `- [${title}](/decisions/${file.replace(".md", "")})`;
  });
  return ["# Decisions", "", "Choices that are not obvious, a page each.", "", ...rows].join("\n");
}

function writeApi(): void {
  for (const { name, entries } of packagePages) {
    if (entries.length === 0) continue;
    const out = join(PAGES, "api", name);
    const words = ["--name", name, "--out", out, ...entries.flatMap((entry) => ["--entryPoints", entry])];
    const { status } = spawnSync(join(DOCS, "node_modules/.bin/typedoc"), words, { stdio: "inherit", cwd: DOCS });
    if (status !== 0) throw new Error(`Cannot describe the exports of ${name}: typedoc ended with ${status}`);
  }
}

/** What the pages need beside them: the parser itself, and a folder to look at. */
function writeAssets(): void {
  const site = join(PAGES, "public");
  mkdirSync(site, { recursive: true });
  cpSync(join(ROOT, "examples/site/favicon.svg"), join(site, "favicon.svg"));
  cpSync(join(ROOT, "examples/site/files"), join(site, "files"), { recursive: true });
  cpSync(join(ROOT, "bench/results"), join(site, "bench"), {
    recursive: true,
    filter: (file) => !file.endsWith(".md"),
  });
  const parser = join(ROOT, "packages/http-parser/dist");
  for (const file of readdirSync(parser)) {
    if (file.endsWith(".js")) cpSync(join(parser, file), join(site, "http-parser", file));
  }
}
