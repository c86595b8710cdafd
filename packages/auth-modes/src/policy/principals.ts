/** Principals that are used again: a request that is like the one before makes no new one. */
import type { Grant } from "../authorisation/decide.ts";
import { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { SCOPES } from "../authorisation/scope.ts";
import { ownText } from "../own-text.ts";
import type { ApiKey } from "../keys/key-record.ts";

// About 150 bytes each. Addresses beyond this number get new ones.
const MAX_KEPT = 4096;

/** What somebody on this machine may do in private mode. */
export const LOCAL_GRANT: Grant = Object.freeze({ scopes: SCOPES, prefixes: Object.freeze(["/"]) });
/** What anybody may do in public mode. */
export const PUBLIC_GRANT: Grant = Object.freeze({
  scopes: Object.freeze(["read", "list"]),
  prefixes: Object.freeze(["/"]),
});

/** Nobody in particular, one for each address. */
export class AnonymousPrincipals {
  readonly #grant: Grant;
  readonly #byAddress = new Map<string, PolicyPrincipal>();
  #last: PolicyPrincipal;

  constructor(grant: Grant) {
    this.#grant = grant;
    this.#last = new PolicyPrincipal("anonymous", "", "", grant);
  }

  at(address: string): PolicyPrincipal {
    if (this.#last.address === address) return this.#last;
    this.#last = this.#byAddress.get(address) ?? this.#add(address);
    return this.#last;
  }

  #add(text: string): PolicyPrincipal {
    const address = ownText(text);
    if (this.#byAddress.size >= MAX_KEPT) this.#byAddress.clear();
    const principal = new PolicyPrincipal("anonymous", "", address, this.#grant);
    this.#byAddress.set(address, principal);
    return principal;
  }
}

/** Holders of keys: for each key, the one of the address that used it last. */
export class KeyPrincipals {
  readonly #kind: "key" | "session";
  readonly #signOutPath: string | undefined;
  readonly #byKey = new WeakMap<ApiKey, PolicyPrincipal>();

  constructor(kind: "key" | "session", signOutPath?: string) {
    this.#kind = kind;
    this.#signOutPath = signOutPath;
  }

  of(key: ApiKey, address: string): PolicyPrincipal {
    const last = this.#byKey.get(key);
    if (last !== undefined && last.address === address) return last;
    const principal = new PolicyPrincipal(this.#kind, key.id, ownText(address), key, this.#signOutPath);
    this.#byKey.set(key, principal);
    return principal;
  }
}
