import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { isLoopbackAddress } from "../identity/ip-address.ts";
import { isCrossSite, isSafeMethod } from "../modes/cross-site.ts";
import { ownText } from "../own-text.ts";
import { hostNameOf, isLoopbackName } from "../modes/host-names.ts";
import type { Identifier } from "./identifier.ts";
import type { ResolvedPolicy } from "./options.ts";
import { AnonymousPrincipals, LOCAL_GRANT } from "./principals.ts";
import { CROSS_SITE, NOT_LOCAL, WRONG_HOST } from "./refusals.ts";

// A server on one port is asked for under a handful of spellings; whoever sends more pays for the look each time.
const MAX_KNOWN_HOSTS = 64;

type LocalPolicy = Pick<ResolvedPolicy, "log" | "hostNames">;

/**
 * Private mode. To come from this machine is not enough: a page on the web can make a browser here send requests.
 * By name (its own, pointed at 127.0.0.1), which the Host field shows, or by address, which makes it cross-site.
 */
export class LocalIdentifier implements Identifier {
  readonly #policy: LocalPolicy;
  readonly #principals = new AnonymousPrincipals(LOCAL_GRANT);
  readonly #knownHosts = new Set<string>();
  /** To compare with it costs less than to look it up. */
  #lastHost: string | undefined;

  constructor(policy: LocalPolicy) {
    this.#policy = policy;
  }

  identify(request: HttpRequest, address: string): PolicyPrincipal | HttpResponse {
    const { log } = this.#policy;
    if (!isLocal(request.peer.address) || !isLocal(address)) {
      return log.refuse(NOT_LOCAL, request, address, "admission", { rule: "loopback-peer" });
    }
    if (!this.#isOurHost(request)) {
      return log.refuse(WRONG_HOST, request, address, "admission", { rule: "loopback-host" });
    }
    if (!isSafeMethod(request.method) && isCrossSite(request.headers)) {
      return log.refuse(CROSS_SITE, request, address, "admission", { rule: "same-origin" });
    }
    return this.#principals.at(address);
  }

  #isOurHost(request: HttpRequest): boolean {
    const { target } = request;
    // RFC 9112 §3.2.2: an absolute-form target says the host again, and its word counts.
    const inTarget = target.startsWith("/") || target === "*" ? undefined : authorityOf(target);
    if (inTarget !== undefined && !this.#isOurName(inTarget)) return false;
    const host = request.headers.get("host");
    if (host === undefined) return false;
    if (host === this.#lastHost || this.#knownHosts.has(host)) return true;
    if (!this.#isOurName(host)) return false;
    if (this.#knownHosts.size < MAX_KNOWN_HOSTS) {
      this.#lastHost = ownText(host);
      this.#knownHosts.add(this.#lastHost);
    }
    return true;
  }

  #isOurName(host: string): boolean {
    const name = hostNameOf(host);
    return isLoopbackName(name) || this.#policy.hostNames.has(name);
  }
}

// A Unix socket has no address, and only this machine can reach it.
function isLocal(address: string): boolean {
  return address === "" || isLoopbackAddress(address);
}

function authorityOf(target: string): string {
  return /^[a-z][\w+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1] ?? "";
}
