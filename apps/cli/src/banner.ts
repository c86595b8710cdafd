/** What is said when the server is ready: where it is, and who can reach it. */
import type { BoundAddress } from "@tinyhttp/listener";
import { isEveryAddress, isLoopback } from "./loopback.ts";
import { showable } from "./safe-text.ts";

const { styleText } = process.getBuiltinModule("node:util");

export interface BannerFacts {
  /** What is served, as it was typed. */
  readonly subject: string;
  readonly url: string;
  /** Whether other machines can reach it. */
  readonly isExposed: boolean;
  /** What turned out otherwise than expected, a sentence each. */
  readonly notes: readonly string[];
}

/** For a person at a terminal. */
export function banner({ subject, url, isExposed, notes }: BannerFacts, colours: boolean): string {
  const paint = (style: "bold" | "cyan" | "dim", text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const reach = isExposed ? "anyone on the network can reach it" : "only this machine can reach it";
  return [
    "",
    `  ${paint("bold", "tinyhttp")} serves ${showable(subject)}`,
    "",
    `    ${paint("cyan", url)}    ${paint("dim", reach)}`,
    "",
    ...notes.map((note) => `  ${note}`),
    `  ${paint("dim", "Press ctrl-c to stop")}`,
    "",
  ].join("\n");
}

/** The URL to type into a browser on this machine. An address that stands for all of them is no address to go to. */
export function browsableUrl(address: BoundAddress, basePath: string): string {
  if (address.kind === "unix") return address.url;
  const loopback = address.host.includes(":") ? "[::1]" : "127.0.0.1";
  const origin = isEveryAddress(address.host) ? `http://${loopback}:${address.port}` : address.url;
  return `${origin}${encodeURI(basePath.replace(/\/*$/, "/"))}`;
}

export function isExposed(address: BoundAddress): boolean {
  return address.kind === "tcp" && !isLoopback(address.host);
}

/**
 * Said on standard error whenever what is served is not for this machine alone.
 *
 * @param right What others can do: `read "./site"`.
 */
export function exposureWarning(host: string, right: string): string {
  const who = isEveryAddress(host) ? "anyone who can reach this machine" : `anyone who can reach ${host}`;
  return `Warning: ${who} can ${showable(right)}; leave --host out to keep it to this machine`;
}
