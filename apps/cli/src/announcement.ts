/** What is said, and shown, when the server listens. */
import type { BoundAddress } from "@tinyhttp/listener";
import { banner, browsableUrl, isExposed, networkUrls, reachIn } from "./banner.ts";
import type { GivenOptions, Options } from "./options.ts";
import type { Fingerprints } from "./tls/certificate-files.ts";
import { isTerminal, say, STDERR, STDOUT, wantsColours, warn } from "./terminal.ts";

export interface AnnouncedFacts {
  readonly address: BoundAddress;
  /** What is served, as a path. */
  readonly subject: string;
  readonly given: GivenOptions;
  readonly options: Options;
  /** When it ends by itself. */
  readonly endsAt: Date | undefined;
  /** What the person should know although they asked for it, a sentence each. */
  readonly warnings: readonly string[];
  /** Of a certificate that nobody else vouches for. */
  readonly fingerprints: Fingerprints | undefined;
}

/** On a terminal a person is told; without one, standard output gets the URL and nothing else. */
export async function announce(facts: AnnouncedFacts): Promise<void> {
  const { address, options, warnings } = facts;
  const url = browsableUrl(address, options["base-path"]);
  if (!options.quiet) say(STDOUT, isTerminal(STDOUT) ? await bannerText(facts, url) : url);
  if (options.qr && (options.quiet || !isTerminal(STDOUT))) say(STDERR, await qrCodeOf(facts, url, STDERR));
  if (!options.quiet && !isTerminal(STDOUT)) fingerprintNotes(facts, url).forEach(warn);
  warnings.forEach(warn);
  if (options.open) void import("./open-browser.ts").then(({ openBrowser }) => openBrowser(url, warn));
}

async function bannerText(facts: AnnouncedFacts, url: string): Promise<string> {
  const { address, subject, options, endsAt } = facts;
  const shown = {
    does: `serves ${subject}`,
    url,
    networkUrls: urlsElsewhere(facts),
    mode: options.mode,
    reach: reachIn(options.mode, isExposed(address)),
    endsAt,
    notes: [...notesOn(facts), ...fingerprintNotes(facts, url)],
    qrCode: options.qr ? await qrCodeOf(facts, url, STDOUT) : undefined,
  };
  return banner(shown, wantsColours(STDOUT, process.env));
}

function notesOn({ address, given, options }: AnnouncedFacts): string[] {
  const notes: string[] = [];
  if (address.kind === "tcp" && given.port === undefined && address.port !== options.port) {
    notes.push(`Port ${options.port} is taken, so this is port ${address.port}`);
  }
  if (options.qr && !isExposed(address))
    notes.push("The QR code leads nowhere: only this machine can reach it; --mode public lets others in");
  return notes;
}

/** How somebody elsewhere can know that they talk to this server: no authority says so. */
function fingerprintNotes(facts: AnnouncedFacts, url: string): string[] {
  const { fingerprints, options } = facts;
  if (fingerprints === undefined) return [];
  const key = options.mode === "unprivate" ? ' -H "Authorization: Bearer KEY"' : "";
  const elsewhere = urlsElsewhere(facts)[0] ?? url;
  return [
    `The certificate is made here; its fingerprint (SHA-256) is ${fingerprints.certificate}`,
    `Elsewhere: curl --insecure --pinnedpubkey ${fingerprints.publicKey}${key} ${elsewhere}`,
  ];
}

function urlsElsewhere({ address, options }: AnnouncedFacts): string[] {
  return networkUrls(address, options["base-path"], () => process.getBuiltinModule("node:os").networkInterfaces());
}

/** A phone cannot go to this machine's own address, so of several the first that it can is shown. */
async function qrCodeOf(facts: AnnouncedFacts, url: string, fd: typeof STDOUT | typeof STDERR): Promise<string> {
  const { qrCode } = await import("./qr-code.ts");
  return qrCode(urlsElsewhere(facts)[0] ?? url, wantsColours(fd, process.env));
}
