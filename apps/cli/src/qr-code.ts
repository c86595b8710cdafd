/** A URL for a phone's camera. Loaded only when somebody asks for it. */
import { encode } from "uqr";

// ISO/IEC 18004 asks for four modules of nothing around it; phones are content with two, and terminals are small.
const QUIET_MODULES = 2;
const [DARK_ON_LIGHT, AS_BEFORE] = ["\u001b[30;107m", "\u001b[0m"];

/**
 * Two modules to a character, one above the other.
 *
 * @param colours Paints it dark on light, whatever the terminal is. Without, it is drawn for a dark one.
 */
export function qrCode(text: string, colours: boolean): string {
  const { data, size } = encode(text, { border: QUIET_MODULES });
  const isFilled = (row: number, column: number): boolean => (data[row]?.[column] ?? false) === colours;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = "";
    for (let column = 0; column < size; column++) line += halfBlocks(isFilled(row, column), isFilled(row + 1, column));
    lines.push(colours ? `${DARK_ON_LIGHT}${line}${AS_BEFORE}` : line);
  }
  return lines.join("\n");
}

function halfBlocks(upper: boolean, lower: boolean): string {
  if (upper) return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}
