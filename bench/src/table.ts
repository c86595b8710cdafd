export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** A Markdown table, padded so that it also reads well as text. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, 3, ...escaped.map((row) => row[index]?.length ?? 0)),
  );
  const pad = (cell: string, index: number): string => {
    const width = widths[index] ?? 0;
    return columns[index]?.align === "right" ? cell.padStart(width) : cell.padEnd(width);
  };
  const rule = columns.map(({ align }, index) => {
    const dashes = "-".repeat((widths[index] ?? 0) - 1);
    return align === "right" ? `${dashes}:` : `${dashes}-`;
  });
  return [
    line(columns.map((column, index) => pad(column.title, index))),
    line(rule),
    ...escaped.map((row) => line(columns.map((_, index) => pad(row[index] ?? "", index)))),
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
