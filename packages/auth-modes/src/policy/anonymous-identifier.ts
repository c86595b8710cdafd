import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import type { Identifier } from "./identifier.ts";
import type { ResolvedPolicy } from "./options.ts";
import { AnonymousPrincipals, PUBLIC_GRANT } from "./principals.ts";
import { NO_KEY } from "./refusals.ts";

/** Nobody in particular: in public mode a reader, in unprivate mode somebody who must bring a key. */
export class AnonymousIdentifier implements Identifier {
  readonly #policy: ResolvedPolicy;
  readonly #principals = new AnonymousPrincipals(PUBLIC_GRANT);

  constructor(policy: ResolvedPolicy) {
    this.#policy = policy;
  }

  identify(request: HttpRequest, address: string): PolicyPrincipal | HttpResponse {
    if (this.#policy.mode === "public") return this.#principals.at(address);
    return this.#policy.log.refuse(NO_KEY, request, address, "authentication", { reason: "no-key" });
  }
}
