import type { ClientCertificate, HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { Grant } from "../authorisation/decide.ts";
import { checkedPrefix } from "../authorisation/path-prefix.ts";
import { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { checkedScopes, type Scope } from "../authorisation/scope.ts";
import { isCrossSite, isSafeMethod } from "../modes/cross-site.ts";
import type { Identifier } from "./identifier.ts";
import type { ResolvedPolicy } from "./options.ts";
import { CROSS_SITE } from "./refusals.ts";
import type { Step } from "./step.ts";

/** What the holder of a client certificate may do. */
export interface CertificateGrant {
  /** A subject alternative name with its kind, as a whole: `DNS:build.example`, `email:ann@example.org`. */
  readonly name: string;
  /** Default `["read", "list"]`. */
  readonly scopes?: readonly Scope[] | undefined;
  /** Default `["/"]`. */
  readonly prefixes?: readonly string[] | undefined;
}

/**
 * By the certificate of the connection, when it has one of the names that were granted something; a request without
 * is handed to `otherwise`. That the certificate is genuine, the server has seen to.
 */
export class CertificateIdentifier implements Identifier {
  readonly #policy: ResolvedPolicy;
  readonly #grants: ReadonlyMap<string, Grant>;
  readonly #otherwise: Identifier;
  readonly #principals = new WeakMap<ClientCertificate, PolicyPrincipal>();

  constructor(policy: ResolvedPolicy, grants: readonly CertificateGrant[], otherwise: Identifier) {
    this.#policy = policy;
    this.#grants = new Map(grants.map((grant) => [comparable(grant.name), rightsOf(grant)]));
    this.#otherwise = otherwise;
  }

  identify(request: HttpRequest, address: string): Step<PolicyPrincipal | HttpResponse> {
    const { certificate } = request.peer;
    const principal = certificate === undefined ? undefined : this.#principalOf(certificate, address);
    if (principal === undefined) return this.#otherwise.identify(request, address);
    // Browsers show a certificate to whoever asks, also for pages of other origins.
    if (!isSafeMethod(request.method) && isCrossSite(request.headers)) {
      const details = { rule: "same-origin", keyId: principal.id };
      return this.#policy.log.refuse(CROSS_SITE, request, address, "admission", details);
    }
    return principal;
  }

  #principalOf(certificate: ClientCertificate, address: string): PolicyPrincipal | undefined {
    const known = this.#principals.get(certificate);
    if (known !== undefined && known.address === address) return known;
    const name = certificate.names.find((candidate) => this.#grants.has(comparable(candidate)));
    const grant = name === undefined ? undefined : this.#grants.get(comparable(name));
    if (name === undefined || grant === undefined) return undefined;
    const principal = new PolicyPrincipal("certificate", name, address, grant);
    this.#principals.set(certificate, principal);
    return principal;
  }
}

function rightsOf({ scopes = ["read", "list"], prefixes = ["/"] }: CertificateGrant): Grant {
  return { scopes: checkedScopes(scopes), prefixes: prefixes.map(checkedPrefix) };
}

// Host names compare without case (RFC 4343 §2), and so do the kinds of names; a mailbox does not.
function comparable(name: string): string {
  const colon = name.indexOf(":");
  const kind = name.slice(0, colon).toLowerCase();
  const value = name.slice(colon + 1);
  return `${kind}:${kind === "dns" ? value.toLowerCase() : value}`;
}
