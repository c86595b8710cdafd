import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { loginPage, safeDestination } from "../sessions/login-page.ts";
import type { Identifier } from "./identifier.ts";
import { canHaveCookie, isNavigation } from "./navigation.ts";
import type { ResolvedPolicy } from "./options.ts";
import { AnonymousPrincipals, PUBLIC_GRANT } from "./principals.ts";
import { BEARER, NO_KEY } from "./refusals.ts";

/** Nobody in particular: in public mode a reader, in unprivate mode somebody who must bring a key. */
export class AnonymousIdentifier implements Identifier {
  readonly #policy: ResolvedPolicy;
  readonly #principals = new AnonymousPrincipals(PUBLIC_GRANT);

  constructor(policy: ResolvedPolicy) {
    this.#policy = policy;
  }

  identify(request: HttpRequest, address: string): PolicyPrincipal | HttpResponse {
    if (this.#policy.mode === "public") return this.#principals.at(address);
    const response = this.#offersLogin(request) ? offerLogin(request) : NO_KEY;
    return this.#policy.log.refuse(response, request, address, "authentication", { reason: "no-key" });
  }

  #offersLogin(request: HttpRequest): boolean {
    return this.#policy.sessions !== undefined && isNavigation(request) && canHaveCookie(request, this.#policy);
  }
}

// Without a Basic challenge, which would put the browser's own dialogue in front of the page.
function offerLogin({ target, headers }: HttpRequest): HttpResponse {
  const site = headers.get("sec-fetch-site");
  return loginPage({
    status: 401,
    destination: safeDestination(target),
    asksAgain: site === "cross-site" || site === "same-site",
    fields: { "WWW-Authenticate": BEARER },
  });
}
