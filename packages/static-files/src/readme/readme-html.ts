/** From the file that describes a directory to what the listing shows of it. */
import { escapeHtml } from "../listing/escape-html.ts";
import type { Readme } from "../listing/listing-format.ts";
import { StaticFilesError } from "../static-files-error.ts";
import type { OpenFile } from "../lookup/open-file.ts";
import { isMarkdown } from "./find-readme.ts";
import { renderMarkdown } from "./render-markdown.ts";

// Rendering takes a few milliseconds of the event loop for this much.
const MAX_BYTES = 128 * 1024;

/**
 * Takes the file over, and closes it. `undefined` when it cannot be read, or is not text: a listing does not fail
 * because of it.
 */
export async function readmeHtml(name: string, file: OpenFile): Promise<Readme | undefined> {
  try {
    const bytes = Buffer.alloc(Math.min(file.length, MAX_BYTES));
    for (let filled = 0; filled < bytes.length;) filled += await file.read(bytes.subarray(filled), filled);
    if (bytes.includes(0)) return undefined;
    const text = file.length > MAX_BYTES ? `${upToLastLine(bytes.toString())}\n\n…` : bytes.toString();
    const html = isMarkdown(name) ? `<div>${renderMarkdown(text)}</div>` : plain(text);
    return { name, html };
  } catch (error) {
    if (error instanceof StaticFilesError) return undefined;
    throw error;
  } finally {
    file.close();
  }
}

function plain(text: string): string {
  return `<pre class="plain" tabindex="0">${escapeHtml(text)}</pre>`;
}

function upToLastLine(text: string): string {
  return text.slice(0, text.lastIndexOf("\n"));
}
