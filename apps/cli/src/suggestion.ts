/**
 * The known name that was probably meant, or `undefined` when none is near: at most one slip of the keyboard
 * (a letter wrong, missing, doubled or swapped) for every three letters.
 */
export function closestName(typed: string, known: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let fewest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const slips = slipsBetween(typed, name);
    if (slips < fewest) {
      fewest = slips;
      closest = name;
    }
  }
  return closest;
}

/** Optimal string alignment distance; names are short, so a full table is cheap. */
function slipsBetween(typed: string, name: string): number {
  const rows: number[][] = [Array.from({ length: name.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= typed.length; row++) {
    const cells = [row];
    rows.push(cells);
    for (let column = 1; column <= name.length; column++) {
      const substitution = typed[row - 1] === name[column - 1] ? 0 : 1;
      const swapped = typed[row - 1] === name[column - 2] && typed[row - 2] === name[column - 1];
      cells.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + substitution,
          swapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(typed.length, name.length);
}
