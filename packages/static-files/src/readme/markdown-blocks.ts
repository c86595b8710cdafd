/**
 * The blocks of Markdown: headings, paragraphs, lists, quotes, code, tables. The part of CommonMark and of GitHub's
 * tables that README files use, line by line and without a look back.
 */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "rule" }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "list"; readonly start: number | undefined; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

const FENCE = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?:( {1,4})(?! )|( )|$)/;
const INDENTED = /^(?: {4}|\t)/;
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const COMMENT = /^ {0,3}<!--/;

// Each level reads its lines once more.
const MAX_DEPTH = 12;

interface Reader {
  readonly lines: readonly string[];
  readonly depth: number;
  at: number;
}

export function parseBlocks(lines: readonly string[], depth: number = 0): Block[] {
  const reader: Reader = { lines, depth, at: 0 };
  const blocks: Block[] = [];
  while (reader.at < lines.length) {
    const line = lines[reader.at] ?? "";
    if (line.trim() === "") reader.at += 1;
    else if (COMMENT.test(line)) skipComment(reader);
    else blocks.push(...readBlock(reader, line));
  }
  return blocks;
}

function readBlock(reader: Reader, line: string): Block[] {
  const fence = FENCE.exec(line);
  if (fence !== null) return [readFence(reader, fence[1] ?? "")];
  const heading = HEADING.exec(line);
  if (heading !== null) {
    reader.at += 1;
    return [{ kind: "heading", level: heading[1]?.length ?? 1, text: headingText(line) }];
  }
  if (RULE.test(line)) {
    reader.at += 1;
    return [{ kind: "rule" }];
  }
  if (INDENTED.test(line)) return [readIndented(reader)];
  if (reader.depth < MAX_DEPTH) {
    if (QUOTE.test(line)) return [readQuote(reader)];
    if (ITEM.test(line)) return [readList(reader)];
  }
  if (line.includes("|") && TABLE_RULE.test(reader.lines[reader.at + 1] ?? "")) return [readTable(reader)];
  return readParagraph(reader);
}

function headingText(line: string): string {
  const text = line.trim().replace(/^#+/, "").trim();
  const end = text.search(/#+$/);
  // Closing number signs count only behind a space.
  return end === 0 || (end > 0 && /\s/.test(text.charAt(end - 1))) ? text.slice(0, end).trim() : text;
}

function skipComment(reader: Reader): void {
  while (reader.at < reader.lines.length && !reader.lines[reader.at]?.includes("-->")) reader.at += 1;
  reader.at += 1;
}

function readFence(reader: Reader, opening: string): Block {
  const text: string[] = [];
  for (reader.at += 1; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? "";
    const trimmed = line.trim();
    if (trimmed.startsWith(opening) && trimmed === opening.charAt(0).repeat(trimmed.length)) break;
    text.push(line);
  }
  reader.at += 1;
  return { kind: "code", text: text.join("\n") };
}

function readIndented(reader: Reader): Block {
  const text: string[] = [];
  for (; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? "";
    if (!INDENTED.test(line) && line.trim() !== "") break;
    text.push(line.replace(INDENTED, ""));
  }
  return { kind: "code", text: text.join("\n").trimEnd() };
}

function readQuote(reader: Reader): Block {
  const inner: string[] = [];
  for (; QUOTE.test(reader.lines[reader.at] ?? ""); reader.at += 1) {
    inner.push((reader.lines[reader.at] ?? "").replace(QUOTE, ""));
  }
  return { kind: "quote", blocks: parseBlocks(inner, reader.depth + 1) };
}

function readList(reader: Reader): Block {
  const marker = ITEM.exec(reader.lines[reader.at] ?? "")?.[2] ?? "";
  const start = /^\d/.test(marker) ? Number.parseInt(marker, 10) : undefined;
  const sort = marker.slice(-1);
  const items: Block[][] = [];
  for (let item = ITEM.exec(reader.lines[reader.at] ?? ""); item !== null;) {
    if (item[2]?.slice(-1) !== sort || RULE.test(item.input)) break;
    items.push(parseBlocks(readItem(reader, item), reader.depth + 1));
    item = ITEM.exec(reader.lines[reader.at] ?? "");
  }
  return { kind: "list", start, items };
}

/** The lines of one item, without its indentation. */
function readItem(reader: Reader, item: RegExpExecArray): string[] {
  const indent = item[0].length;
  const lines = [item.input.slice(indent)];
  let isAfterBlank = false;
  for (reader.at += 1; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? "";
    const isBlank = line.trim() === "";
    const isInside = line.slice(0, indent).trim() === "" && line.length >= indent;
    if (!isBlank && !isInside && (isAfterBlank || startsBlock(line) || ITEM.test(line))) break;
    lines.push(isInside ? line.slice(indent) : line.trimStart());
    isAfterBlank = isBlank;
  }
  return lines;
}

function readTable(reader: Reader): Block {
  const head = cells(reader.lines[reader.at] ?? "");
  const rows: string[][] = [];
  for (reader.at += 2; (reader.lines[reader.at] ?? "").includes("|"); reader.at += 1) {
    const row = cells(reader.lines[reader.at] ?? "");
    rows.push(head.map((_, column) => row[column] ?? ""));
  }
  return { kind: "table", head, rows };
}

function cells(line: string): string[] {
  const row = line.trim();
  const inner = row.slice(row.startsWith("|") ? 1 : 0, row.endsWith("|") && !row.endsWith("\\|") ? -1 : undefined);
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function readParagraph(reader: Reader): Block[] {
  const text: string[] = [];
  for (; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? "";
    if (text.length > 0) {
      if (line.trim() === "") break;
      if (UNDERLINE.test(line)) {
        reader.at += 1;
        return [{ kind: "heading", level: line.includes("=") ? 1 : 2, text: text.join("\n").trim() }];
      }
      if (startsBlock(line)) break;
    }
    text.push(line.trimStart());
  }
  return [{ kind: "paragraph", text: text.join("\n").trimEnd() }];
}

/** Whether a line ends the paragraph before it. */
function startsBlock(line: string): boolean {
  return (
    FENCE.test(line) ||
    HEADING.test(line) ||
    RULE.test(line) ||
    QUOTE.test(line) ||
    COMMENT.test(line) ||
    /^ {0,3}(?:[-*+]|1[.)]) +\S/.test(line)
  );
}
