/** Who may ask for what: from a request to a principal, and from there to the handler or to a refusal. */
import type { Handler, HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { clientAddress } from "../identity/client-address.ts";
import { AnonymousIdentifier } from "./anonymous-identifier.ts";
import { CertificateIdentifier } from "./certificate-identifier.ts";
import { holdPermit } from "./held-body.ts";
import type { Identifier } from "./identifier.ts";
import { KeyIdentifier } from "./key-identifier.ts";
import { LocalIdentifier } from "./local-identifier.ts";
import { type AccessPolicyOptions, type ResolvedPolicy, resolvePolicy } from "./options.ts";
import { refuseUnlessGranted } from "./refuse-unless-granted.ts";
import { TOO_MANY_AT_ONCE } from "./refusals.ts";
import { SessionIdentifier } from "./session-identifier.ts";
import { answerSessionList, isSessionList } from "./session-list.ts";
import { SessionPages } from "./session-pages.ts";
import { after, type Step } from "./step.ts";

/**
 * Puts a policy in front of a handler: it gets the requests that the mode, the credentials and the limits let
 * through, with `request.principal` set. What it answers is not changed.
 *
 * A request is decided in the turn in which it comes, without a promise, unless a limiter has to wait.
 *
 * @throws {TypeError} Unprivate without keys, a proxy that is no address or network, a host name that is none.
 */
export function accessPolicy(options: AccessPolicyOptions): (handler: Handler) => Handler {
  const policy = new AccessPolicy(resolvePolicy(options));
  return (handler) => (request) => policy.handle(request, handler);
}

class AccessPolicy {
  readonly #policy: ResolvedPolicy;
  readonly #identifier: Identifier;
  readonly #pages: SessionPages | undefined;

  constructor(policy: ResolvedPolicy) {
    this.#policy = policy;
    this.#identifier = identifierOf(policy);
    this.#pages = policy.sessions === undefined ? undefined : new SessionPages(policy, policy.sessions);
  }

  handle(request: HttpRequest, handler: Handler): Step<HttpResponse> {
    const address = this.#addressOf(request);
    const refused = this.#policy.limits.admit(address);
    if (refused === undefined) return this.#identify(request, address, handler);
    return after(refused, (response) => {
      if (response === undefined) return this.#identify(request, address, handler);
      return this.#policy.log.refuse(response, request, address, "rate-limit", { rule: "address-or-global" });
    });
  }

  #addressOf({ peer, headers }: HttpRequest): string {
    const { trusted, forwardingField } = this.#policy;
    return trusted.isEmpty ? peer.address : clientAddress(peer, headers, trusted, forwardingField);
  }

  #identify(request: HttpRequest, address: string, handler: Handler): Step<HttpResponse> {
    const page = this.#pages?.answer(request, address);
    if (page !== undefined) return page;
    const identity = this.#identifier.identify(request, address);
    if (identity instanceof PolicyPrincipal) return this.#authorise(request, identity, handler);
    return after(identity, (found) =>
      found instanceof PolicyPrincipal ? this.#authorise(request, found, handler) : found,
    );
  }

  #authorise(request: HttpRequest, principal: PolicyPrincipal, handler: Handler): Step<HttpResponse> {
    request.principal = principal;
    const { mode, limits, sessions } = this.#policy;
    if (mode !== "private") {
      const refused = refuseUnlessGranted(request, principal, this.#policy);
      if (refused !== undefined) return refused;
      if (sessions !== undefined && isSessionList(request.path)) {
        return answerSessionList(request, this.#policy, sessions);
      }
    }
    return limits.hasConcurrency ? this.#enter(request, principal, handler) : handler(request);
  }

  #enter(request: HttpRequest, principal: PolicyPrincipal, handler: Handler): Step<HttpResponse> {
    const permit = this.#policy.limits.enter(principal.address);
    if (permit === undefined) {
      const details = { rule: "concurrency" };
      return this.#policy.log.refuse(TOO_MANY_AT_ONCE, request, principal.address, "rate-limit", details);
    }
    try {
      const answer = handler(request);
      if (!(answer instanceof Promise)) return holdPermit(answer, permit);
      return answer.then(
        (response) => holdPermit(response, permit),
        (error: unknown) => {
          permit.release();
          throw error;
        },
      );
    } catch (error) {
      permit.release();
      throw error;
    }
  }
}

function identifierOf(policy: ResolvedPolicy): Identifier {
  if (policy.mode === "private") return new LocalIdentifier(policy);
  let identifier: Identifier = new AnonymousIdentifier(policy);
  if (policy.certificates.length > 0) identifier = new CertificateIdentifier(policy, policy.certificates, identifier);
  if (policy.sessions !== undefined) identifier = new SessionIdentifier(policy, identifier);
  return new KeyIdentifier(policy, identifier);
}
