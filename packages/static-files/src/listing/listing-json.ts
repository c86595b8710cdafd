import type { EntryDetails } from "./entry.ts";
import { LISTING_HEADERS, type ListingFormat } from "./listing-format.ts";

// JSON allows these in a string; a terminal that shows the listing would obey or hide them.
const UNSAFE_ON_A_TERMINAL =
  /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * The listing as JSON:
 * `{ "path": string, "entries": [{ "name", "type", "size", "modified" }], "truncated": boolean }`.
 *
 * `type` is `"file"` or `"directory"`, `size` is in bytes and `null` for a directory, `modified` is an ISO 8601
 * instant in UTC. A name that is not UTF-8 has U+FFFD for each faulty part.
 */
export class ListingJson implements ListingFormat {
  readonly headers: Readonly<Record<string, string>> = { "Content-Type": "application/json", ...LISTING_HEADERS };
  readonly #path: string;
  #separator = "\n";

  /** @param path The directory's URL path, decoded, with the base path. */
  constructor(path: string) {
    this.#path = path;
  }

  begin(): string {
    return `{"path":${formatString(this.#path)},"entries":[`;
  }

  entries(details: readonly EntryDetails[]): string {
    let text = "";
    for (const entry of details) {
      text += this.#separator + formatEntry(entry);
      this.#separator = ",\n";
    }
    return text;
  }

  end(truncated: boolean): string {
    return `\n],"truncated":${truncated}}\n`;
  }
}

function formatEntry({ name, type, size, modifiedMs }: EntryDetails): string {
  const modified = new Date(modifiedMs).toISOString();
  const shownSize = type === "directory" ? "null" : String(size);
  return `{"name":${formatString(name)},"type":"${type}","size":${shownSize},"modified":"${modified}"}`;
}

function formatString(text: string): string {
  return JSON.stringify(text).replace(UNSAFE_ON_A_TERMINAL, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
