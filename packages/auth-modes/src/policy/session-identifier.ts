import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import type { ApiKey } from "../keys/key-record.ts";
import { LOGOUT_PATH } from "../sessions/login-page.ts";
import type { Session } from "../sessions/session.ts";
import { sessionToken } from "../sessions/session-cookie.ts";
import { isCrossSite, isSafeMethod } from "../modes/cross-site.ts";
import type { Identifier } from "./identifier.ts";
import type { ResolvedPolicy } from "./options.ts";
import { KeyPrincipals } from "./principals.ts";
import { CROSS_SITE } from "./refusals.ts";
import { after, type Step } from "./step.ts";

/** A session, and the key that it lives by. */
export interface LiveSession {
  readonly session: Session;
  readonly key: ApiKey;
}

/** By the session that a browser has; a request without one is handed to `otherwise`. */
export class SessionIdentifier implements Identifier {
  readonly #policy: ResolvedPolicy;
  readonly #otherwise: Identifier;
  readonly #principals = new KeyPrincipals("session", LOGOUT_PATH);

  constructor(policy: ResolvedPolicy, otherwise: Identifier) {
    this.#policy = policy;
    this.#otherwise = otherwise;
  }

  identify(request: HttpRequest, address: string): Step<PolicyPrincipal | HttpResponse> {
    const live = liveSession(request, this.#policy);
    if (live === undefined) return this.#otherwise.identify(request, address);
    const { key, session } = live;
    const { limits, log } = this.#policy;
    const details = { keyId: key.id, sessionId: session.id };
    // SameSite=Strict keeps other sites out; this, other origins of the same site too.
    if (!isSafeMethod(request.method) && isCrossSite(request.headers)) {
      return log.refuse(CROSS_SITE, request, address, "admission", { rule: "same-origin", ...details });
    }
    const principal = this.#principals.of(key, address);
    return after(limits.admitKey(key.id), (refused) => {
      if (refused === undefined) return principal;
      return log.refuse(refused, request, address, "rate-limit", { rule: "key", ...details });
    });
  }
}

/** The session of a request, if it and its key are still good: it has no rights but those that the key has now. */
export function liveSession(request: HttpRequest, policy: ResolvedPolicy): LiveSession | undefined {
  const token = sessionToken(request.headers.get("cookie"));
  if (token === undefined) return undefined;
  const now = policy.now();
  const session = policy.sessions?.find(token, now);
  const key = session === undefined ? undefined : policy.keys?.find(session.keyId, now);
  return session === undefined || key === undefined ? undefined : { session, key };
}
