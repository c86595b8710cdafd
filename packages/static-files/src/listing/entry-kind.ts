import { contentTypeOf } from "@tinyhttp/content-type";
import type { EntryDetails } from "./entry.ts";

/** What an entry is to a person: decides its icon and whether the page can show it without leaving. */
export type EntryKind = "directory" | "image" | "video" | "audio" | "text" | "code" | "pdf" | "archive" | "other";

const BY_TYPE: readonly (readonly [RegExp, EntryKind])[] = [
  // Browsers have no picture of these.
  [/^image\/(?:heic|heif|tiff|vnd\.)/, "other"],
  [/^image\//, "image"],
  [/^video\//, "video"],
  [/^audio\//, "audio"],
  [/^application\/pdf/, "pdf"],
  // Opened rather than shown as source: somebody may serve their pages with it.
  [/^(?:text\/html|application\/xhtml)/, "other"],
  [/^text\/(?:plain|markdown|csv|vtt|tab-separated-values|calendar)/, "text"],
  [/^text\/|^application\/(?:[\w.+-]+[+.])?(?:javascript|json5?|xml|yaml|toml|sql|x-sh|graphql)\b/, "code"],
  [/^application\/(?:zip|gzip|zstd|java-archive|vnd\.rar|x-(?:7z-compressed|xz|bzip2?|tar|rar-compressed))/, "archive"],
];

// Source code has no registered types; it is served by what its bytes are, which is text.
const SOURCE =
  /\.(?:astro|bash|bat|c|cc|cfg|clj|cmake|cpp|cs|cts|dart|diff|dockerfile|el|erl|ex|exs|fish|go|gradle|groovy|h|hcl|hpp|hs|java|jl|kt|kts|lua|m|mk|ml|mts|nim|nix|patch|php|pl|proto|ps1|py|pyi|r|rb|rs|sass|scala|scss|sh|svelte|swift|tcl|tf|ts|tsx|vim|vue|zig|zsh)$/i;
const SOURCE_NAME = /^(?:makefile|dockerfile|containerfile|gemfile|rakefile|justfile|vagrantfile|cmakelists\.txt)$/i;
// The rest of what has no extension is text as often as not; the page looks at its type before it shows it.
const NO_EXTENSION = /^[^.]+$|^\.[^.]+$/;

/** The kind by name alone: a listing reads no files. */
export function kindOf({ name, type }: Pick<EntryDetails, "name" | "type">): EntryKind {
  if (type === "directory") return "directory";
  if (SOURCE.test(name) || SOURCE_NAME.test(name)) return "code";
  const contentType = contentTypeOf(`/${name}`);
  if (contentType === undefined) return NO_EXTENSION.test(name) ? "text" : "other";
  return BY_TYPE.find(([types]) => types.test(contentType))?.[1] ?? "other";
}
