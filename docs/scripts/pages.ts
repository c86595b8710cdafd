/** Which page of the site each document of the repository becomes, and so where a link between two of them leads. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));
const REPOSITORY = "https://github.com/tinyhttp/tinyhttp/blob/main/";

interface PackagePage {
  readonly name: string;
  readonly folder: string;
  readonly description: string;
  /** Source files whose exports are the package's own; none for a program. */
  readonly entries: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly exports: Record<string, unknown>;
}

function packagePage(folder: string): PackagePage {
  const manifest = JSON.parse(readFileSync(`${ROOT}${folder}/package.json`, "utf8")) as Manifest;
  const entries = Object.values(manifest.exports).flatMap((entry) => {
    const source = (entry as Record<string, string>)["@tinyhttp/source"];
    return source === undefined ? [] : [`${ROOT}${folder}/${source.replace("./", "")}`];
  });
  return { name: manifest.name.replace("@tinyhttp/", ""), folder, description: manifest.description, entries };
}

export const packagePages: readonly PackagePage[] = [
  packagePage("apps/cli"),
  ...readdirSync(`${ROOT}packages`).map((name) => packagePage(`packages/${name}`)),
];

/** Documents of the repository, by the page that shows them. */
export const documentPages: ReadonlyMap<string, string> = new Map([
  ["README.md", "about"],
  ["ARCHITECTURE.md", "architecture"],
  ["CONTRIBUTING.md", "contributing"],
  ["SECURITY.md", "security"],
  ["conformance/DIFFERENTIAL.md", "other-servers"],
  ["bench/README.md", "measuring"],
  ["bench/results/serve.md", "measured"],
  ...packagePages.map(({ folder, name }) => [`${folder}/README.md`, `packages/${name}`] as const),
  ...decisions().map((file) => [`decisions/${file}`, `decisions/${file.replace(".md", "")}`] as const),
]);

export function decisions(): string[] {
  return readdirSync(`${ROOT}decisions`).filter((file) => file.endsWith(".md"));
}

/** Links of a document as they must stand on its page: to another page where there is one, else to the repository. */
export function withPageLinks(markdown: string, file: string): string {
  return markdown.replaceAll(
    /\]\((?!https?:|#|mailto:)([^)\s]+)\)/g,
    (_, link: string) => `](${pageLink(link, file)})`,
  );
}

function pageLink(link: string, file: string): string {
  const [path = "", fragment] = link.split("#");
  const target = new URL(path, `file:///${file}`).pathname.slice(1).replace(/\/$/, "");
  const page = documentPages.get(target) ?? documentPages.get(`${target}/README.md`);
  const suffix = fragment === undefined ? "" : `#${fragment}`;
  if (page !== undefined) return `/${page}${suffix}`;
  if (target.startsWith("bench/results/")) return `/bench/${target.slice("bench/results/".length)}`;
  if (target === "decisions") return "/decisions/";
  if (existsSync(`${ROOT}${target}`)) return `${REPOSITORY}${target}${suffix}`;
  throw new Error(`Cannot lead the link ${JSON.stringify(link)} of ${file} anywhere: there is no such file`);
}
