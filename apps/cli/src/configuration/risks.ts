/** What a configuration risks, beyond what its mode is for. */
import type { Options } from "../options.ts";
import type { Reach } from "../reach.ts";

/** @returns A sentence each; none does not mean that there is no risk. */
export function risksOf(options: Options, { mode, isEncrypted }: Reach): string[] {
  const risks: string[] = [];
  const isShared = mode !== "private";
  if (options["query-key"]) {
    risks.push("Keys in queries stay in the histories of browsers and the logs of proxies (--query-key)");
  }
  if (options.dotfiles) risks.push("Names that begin with a dot are served: .git, .env and the like (--dotfiles)");
  if (options["follow-symlinks"]) {
    risks.push("Whoever may write below the root can have any file of this machine served (--follow-symlinks)");
  }
  if (options.cors && mode === "private") {
    risks.push("Any page that a browser on this machine shows can read what is served (--cors)");
  }
  if (options.debug && isShared) risks.push("Heads of requests are shown on standard error (--debug)");
  if (isShared && isEncrypted && options["tls-self-signed"]) {
    risks.push("Browsers warn of the certificate: only who compares its fingerprint knows whom they talk to");
  }
  if (options.handler !== undefined && isShared) {
    risks.push("What the module does with requests that come through, it answers for itself (--handler)");
  }
  return risks;
}
