import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { type Carrier, type Credentials, readCredentials } from "../credentials/credentials.ts";
import { isCrossSite, isSafeMethod } from "../modes/cross-site.ts";
import type { Identifier } from "./identifier.ts";
import type { ResolvedPolicy } from "./options.ts";
import { KeyPrincipals } from "./principals.ts";
import { CROSS_SITE, KEY_IN_QUERY, SEVERAL_KEYS, WRONG_KEY } from "./refusals.ts";
import { after, type Step } from "./step.ts";

/** By the key that a request carries; a request without one is handed to `otherwise`. */
export class KeyIdentifier implements Identifier {
  readonly #policy: ResolvedPolicy;
  readonly #otherwise: Identifier;
  readonly #principals = new KeyPrincipals("key");

  constructor(policy: ResolvedPolicy, otherwise: Identifier) {
    this.#policy = policy;
    this.#otherwise = otherwise;
  }

  identify(request: HttpRequest, address: string): Step<PolicyPrincipal | HttpResponse> {
    const credentials = readCredentials(request.headers, request.query, this.#policy.allowQueryKey);
    switch (credentials.kind) {
      case "key":
        return this.#verify(request, address, credentials);
      case "unusable":
        return this.#wrong(request, address, { reason: "unusable" });
      case "several":
        return this.#refuse(SEVERAL_KEYS, request, address, "several-keys");
      case "in-query":
        return this.#refuse(KEY_IN_QUERY, request, address, "key-in-query");
      case "none":
      default:
        return this.#otherwise.identify(request, address);
    }
  }

  #verify(
    request: HttpRequest,
    address: string,
    { text, carrier }: Extract<Credentials, { kind: "key" }>,
  ): Step<PolicyPrincipal | HttpResponse> {
    const { keys, limits, now } = this.#policy;
    const verdict = keys?.verify(text, now());
    if (verdict?.ok !== true) return this.#wrong(request, address, { reason: verdict?.reason, keyId: verdict?.id });
    const { key } = verdict;
    if (isAmbient(carrier) && !isSafeMethod(request.method) && isCrossSite(request.headers)) {
      const details = { rule: "same-origin", keyId: key.id };
      return this.#policy.log.refuse(CROSS_SITE, request, address, "admission", details);
    }
    const principal = this.#principals.of(key, address);
    const refused = limits.admitKey(key.id);
    if (refused === undefined) return principal;
    return after(refused, (response) => {
      if (response === undefined) return principal;
      return this.#policy.log.refuse(response, request, address, "rate-limit", { rule: "key", keyId: key.id });
    });
  }

  // Only here, so that whoever has a right key is let in, whatever others at the same address try.
  #wrong(
    request: HttpRequest,
    address: string,
    details: { readonly reason?: string | undefined; readonly keyId?: string | undefined },
  ): Step<HttpResponse> {
    const { limits, log } = this.#policy;
    return after(limits.fail(address), (refused) => {
      log.tell(request, address, "authentication", "failure", details);
      if (refused === undefined) return WRONG_KEY;
      return log.refuse(refused, request, address, "rate-limit", { rule: "failures", keyId: details.keyId });
    });
  }

  #refuse(response: HttpResponse, request: HttpRequest, address: string, reason: string): HttpResponse {
    return this.#policy.log.refuse(response, request, address, "authentication", { reason });
  }
}

// Browsers send a password again by themselves, also for pages of other origins.
function isAmbient(carrier: Carrier): boolean {
  return carrier === "basic";
}
