/**
 * Markdown as HTML that is harmless whoever wrote it. A library that is as safe by default (markdown-it) takes 3 MB to
 * install, more than the whole program may; the smaller ones hand HTML through, and leave making it safe to others.
 */
import { escapeHtml } from "../listing/escape-html.ts";
import { parseBlocks, type Block } from "./markdown-blocks.ts";
import { renderInline, type LinkDefinitions } from "./markdown-inline.ts";
import { headingId } from "./markdown-links.ts";

const DEFINITION = /^ {0,3}\[([^[\]]{1,200})\]:[ \t]*<?([^\s<>]{1,1000})>?/;

// What stands above: the folder's name and the file's.
const HEADINGS_ABOVE = 2;

/** @param text Markdown from anybody. */
export function renderMarkdown(text: string): string {
  const definitions = new Map<string, string>();
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const content = lines.filter((line) => {
    const [, name, destination] = DEFINITION.exec(line) ?? [];
    if (name === undefined || destination === undefined) return true;
    const key = name.toLowerCase();
    if (!definitions.has(key)) definitions.set(key, destination);
    return false;
  });
  return new MarkdownRenderer(definitions).render(parseBlocks(content));
}

class MarkdownRenderer {
  readonly #definitions: LinkDefinitions;
  readonly #ids: Set<string> = new Set();
  #level = HEADINGS_ABOVE;

  constructor(definitions: LinkDefinitions) {
    this.#definitions = definitions;
  }

  render(blocks: readonly Block[]): string {
    return blocks.map((block) => this.#block(block)).join("\n");
  }

  #block(block: Block): string {
    switch (block.kind) {
      case "heading":
        return this.#heading(block.level, block.text);
      case "paragraph":
        return paragraph(this.#inline(block.text));
      case "code":
        return `<pre tabindex="0"><code>${escapeHtml(block.text)}</code></pre>`;
      case "rule":
        return "<hr>";
      case "quote":
        return `<blockquote>${this.render(block.blocks)}</blockquote>`;
      case "list":
        return this.#list(block.start, block.items);
      case "table":
        break;
    }
    return this.#table(block.head, block.rows);
  }

  // Levels are not skipped, whatever the text does: who jumps from heading to heading relies on them.
  #heading(level: number, text: string): string {
    const html = this.#inline(text);
    if (html.trim() === "") return "";
    this.#level = Math.min(level + HEADINGS_ABOVE, this.#level + 1, 6);
    const id = headingId(text);
    const isNew = !this.#ids.has(id);
    this.#ids.add(id);
    return `<h${this.#level}${isNew ? ` id="${escapeHtml(id)}"` : ""}>${html}</h${this.#level}>`;
  }

  #list(start: number | undefined, items: readonly (readonly Block[])[]): string {
    const isLoose = items.some((item) => item.filter(({ kind }) => kind === "paragraph").length > 1);
    const content = items.map((item) => `<li>${item.map((block) => this.#itemBlock(block, isLoose)).join("\n")}</li>`);
    if (start === undefined) return `<ul>${content.join("\n")}</ul>`;
    return `<ol${start === 1 ? "" : ` start="${start}"`}>${content.join("\n")}</ol>`;
  }

  #itemBlock(block: Block, isLoose: boolean): string {
    if (block.kind !== "paragraph") return this.#block(block);
    const text = block.text.replace(/^\[([ x])\] /i, (_, mark: string) => (mark === " " ? "☐ " : "☑ "));
    return isLoose ? paragraph(this.#inline(text)) : this.#inline(text);
  }

  #table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const heads = head.map((cell) => `<th scope="col">${this.#inline(cell)}</th>`).join("");
    const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${this.#inline(cell)}</td>`).join("")}</tr>`);
    return `<div class="scroll" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
  }

  #inline(text: string): string {
    return renderInline(text, this.#definitions);
  }
}

function paragraph(html: string): string {
  return html.trim() === "" ? "" : `<p>${html}</p>`;
}
