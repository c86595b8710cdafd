/** The three standard streams, written without the stream objects of Node: `process.stdout` costs 2 ms to make. */
import { writeSync } from "node:fs";
import { isatty } from "node:tty";

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;

export type Environment = Readonly<Record<string, string | undefined>>;

export function isTerminal(fd: number): boolean {
  return isatty(fd);
}

/** Colours are for terminals that have them and people who want them (https://no-color.org). */
export function wantsColours(fd: number, env: Environment): boolean {
  return isTerminal(fd) && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

/** Writes a line at once. A reader that has gone, or a terminal that was closed, is no reason to fail. */
export function say(fd: typeof STDOUT | typeof STDERR, line: string): void {
  try {
    writeSync(fd, `${line}\n`);
  } catch {
    // EPIPE, EIO, EAGAIN: nobody is there to be told.
  }
}

/** For everything that the person should know although it is not what they asked for. */
export function warn(sentence: string): void {
  say(STDERR, `tinyhttp: ${sentence}`);
}
