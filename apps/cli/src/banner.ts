/** What is said when the server is ready: where it is, who can reach it, and for how long. */
import type { NetworkInterfaceInfo } from "node:os";
import { type BoundAddress, formatAuthority } from "@tinyhttp/listener";
import { isEveryAddress, isLoopback } from "./loopback.ts";
import type { Options } from "./options.ts";
import { showable } from "./safe-text.ts";

const { styleText } = process.getBuiltinModule("node:util");

export interface BannerFacts {
  /** In words that complete "tinyhttp …". */
  readonly does: string;
  /** To open on this machine. */
  readonly url: string;
  /** To open elsewhere; none when nobody else can. */
  readonly networkUrls: readonly string[];
  /** The word for who may ask: `private`. */
  readonly mode: string;
  /** What that means here, as in `only this machine can reach it`. */
  readonly reach: string;
  /** When it ends by itself. */
  readonly endsAt?: Date | undefined;
  /** What turned out otherwise than expected, a sentence each. */
  readonly notes: readonly string[];
  /** Lines of a QR code of the first URL that leads somewhere else. */
  readonly qrCode?: string | undefined;
}

const LABEL_WIDTH = 10;
/** More addresses than these are those of containers and tunnels, and push the rest off the screen. */
const MOST_NETWORK_URLS = 4;

type Style = "bold" | "cyan" | "dim" | "yellow";

/** For a person at a terminal. */
export function banner(facts: BannerFacts, colours: boolean): string {
  const paint = (style: Style, text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const row = (label: string, text: string): string => `    ${paint("dim", label.padEnd(LABEL_WIDTH))}${text}`;
  const rows = [row("Local", paint("cyan", facts.url))];
  facts.networkUrls.slice(0, MOST_NETWORK_URLS).forEach((url, index) => {
    rows.push(row(index === 0 ? "Network" : "", paint("cyan", url)));
  });
  const more = facts.networkUrls.length - MOST_NETWORK_URLS;
  if (more > 0) rows.push(row("", paint("dim", `and at ${more} more addresses`)));
  rows.push(row("Mode", `${facts.mode}: ${facts.reach}`));
  if (facts.endsAt !== undefined) rows.push(row("Until", formatEnd(facts.endsAt)));
  return [
    "",
    `  ${paint("bold", "tinyhttp")} ${showable(facts.does)}`,
    "",
    ...rows,
    "",
    ...facts.notes.flatMap((note) => [`  ${paint("yellow", note)}`, ""]),
    ...(facts.qrCode === undefined ? [] : [indented(facts.qrCode), ""]),
    `  ${paint("dim", "Press ctrl-c to stop")}`,
    "",
  ].join("\n");
}

function indented(lines: string): string {
  return lines.replace(/^/gm, "    ");
}

function formatEnd(endsAt: Date): string {
  const time = endsAt.toTimeString().slice(0, 5);
  return endsAt.toDateString() === new Date().toDateString() ? time : `${endsAt.toDateString()}, ${time}`;
}

/** The URL to type into a browser on this machine. An address that stands for all of them is no address to go to. */
export function browsableUrl(address: BoundAddress, basePath: string): string {
  if (address.kind === "unix") return address.url;
  const loopback = address.host.includes(":") ? "::1" : "127.0.0.1";
  return urlAt(address, isEveryAddress(address.host) ? loopback : address.host, basePath);
}

/**
 * The URLs for other machines, addresses of version 4 first, which people can type.
 *
 * @param interfaces What `networkInterfaces` of `node:os` tells.
 */
export function networkUrls(
  address: BoundAddress,
  basePath: string,
  interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>,
): string[] {
  if (address.kind === "unix" || isLoopback(address.host)) return [];
  if (!isEveryAddress(address.host)) return [urlAt(address, address.host, basePath)];
  const families = address.host.includes(":") ? ["IPv4", "IPv6"] : ["IPv4"];
  const all = Object.values(interfaces()).flatMap((addresses) => addresses ?? []);
  return families.flatMap((family) =>
    all
      // A link-local address needs the name of an interface, which no browser takes (RFC 4007 §11).
      .filter((one) => !one.internal && one.family === family && !one.address.startsWith("fe80:"))
      .map((one) => urlAt(address, one.address, basePath)),
  );
}

function urlAt({ url, port }: Extract<BoundAddress, { kind: "tcp" }>, host: string, basePath: string): string {
  const scheme = url.slice(0, url.indexOf(":"));
  return `${scheme}://${formatAuthority(host, port)}${encodeURI(basePath.replace(/\/*$/, "/"))}`;
}

export function isExposed(address: BoundAddress): boolean {
  return address.kind === "tcp" && !isLoopback(address.host);
}

/** Who can ask for what is served, in words for the banner. */
export function reachIn(mode: Options["mode"], exposed: boolean): string {
  const where = exposed ? "on the network" : "on this machine";
  if (mode === "private") return "only this machine can reach it";
  return mode === "unprivate" ? `who has a key can reach it, ${where}` : `anyone ${where} can read it`;
}

/**
 * Said on standard error when a server without modes is not for this machine alone.
 *
 * @param right What others can do: `have their bytes sent back`.
 */
export function exposureWarning(host: string, right: string): string {
  const who = isEveryAddress(host) ? "anyone who can reach this machine" : `anyone who can reach ${host}`;
  return `Warning: ${who} can ${showable(right)}; leave --host out to keep it to this machine`;
}
