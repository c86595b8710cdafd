/** The paths that a policy answers itself: sign in, sign out, and what sessions there are. */
import { HttpError, type HttpRequest, type HttpResponse } from "@tinyhttp/handler";
import type { KeyVerdict } from "../keys/key-ring.ts";
import { isCrossSite } from "../modes/cross-site.ts";
import { LOGIN_PATH, loginPage, LOGOUT_PATH, safeDestination, signedInPage } from "../sessions/login-page.ts";
import { ENDED_COOKIE, formatSessionCookie } from "../sessions/session-cookie.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { canHaveCookie } from "./navigation.ts";
import type { ResolvedPolicy } from "./options.ts";
import { BEARER, CROSS_SITE, NEEDS_TLS, notAllowed } from "./refusals.ts";
import { liveSession } from "./session-identifier.ts";
import type { Step } from "./step.ts";

// A key and where to go.
const MAX_FORM_BYTES = 8192;

export class SessionPages {
  readonly #policy: ResolvedPolicy;
  readonly #sessions: SessionStore;

  constructor(policy: ResolvedPolicy, sessions: SessionStore) {
    this.#policy = policy;
    this.#sessions = sessions;
  }

  /** The answer, or `undefined` when the path is none of these. */
  answer(request: HttpRequest, address: string): Step<HttpResponse> | undefined {
    const { path } = request;
    if (path === LOGIN_PATH) return this.#login(request, address);
    if (path === LOGOUT_PATH) return this.#logout(request, address);
    return undefined;
  }

  #login(request: HttpRequest, address: string): Step<HttpResponse> {
    if (!canHaveCookie(request, this.#policy)) return NEEDS_TLS;
    switch (request.method) {
      case "GET":
      case "HEAD": {
        const live = liveSession(request, this.#policy);
        return live === undefined ? loginPage({ status: 200, destination: "/" }) : signedInPage(live.key.holder);
      }
      case "POST":
        return this.#signIn(request, address);
      default:
        return notAllowed("GET, HEAD, POST");
    }
  }

  async #signIn(request: HttpRequest, address: string): Promise<HttpResponse> {
    const { keys, log, now } = this.#policy;
    // Without this, a page elsewhere could sign somebody in with a key of its own.
    if (isCrossSite(request.headers)) return log.refuse(CROSS_SITE, request, address, "login", { rule: "same-origin" });
    const form = await readForm(request);
    const destination = safeDestination(form.get("to"));
    const verdict = keys?.verify(form.get("key")?.trim() ?? "", now());
    if (verdict?.ok !== true) return this.#refuseKey(request, address, destination, verdict);
    const previous = liveSession(request, this.#policy);
    if (previous !== undefined) await this.#sessions.end(previous.session.id);
    const { token, session } = await this.#sessions.begin(verdict.key, now());
    log.tell(request, address, "login", "success", { keyId: verdict.key.id, sessionId: session.id });
    return seeOther(destination, { "Set-Cookie": formatSessionCookie(token.reveal()) });
  }

  async #refuseKey(
    request: HttpRequest,
    address: string,
    destination: string,
    verdict: Extract<KeyVerdict, { ok: false }> | undefined,
  ): Promise<HttpResponse> {
    const { limits, log } = this.#policy;
    const refused = await limits.fail(address);
    log.tell(request, address, "login", "failure", { reason: verdict?.reason, keyId: verdict?.id });
    if (refused !== undefined) return log.refuse(refused, request, address, "rate-limit", { rule: "failures" });
    const error = ERRORS[verdict?.reason ?? "unknown"] ?? WRONG;
    return loginPage({ status: 401, destination, error, fields: { "WWW-Authenticate": BEARER } });
  }

  async #logout(request: HttpRequest, address: string): Promise<HttpResponse> {
    if (request.method !== "POST") return notAllowed("POST");
    const { log } = this.#policy;
    if (isCrossSite(request.headers))
      return log.refuse(CROSS_SITE, request, address, "logout", { rule: "same-origin" });
    const live = liveSession(request, this.#policy);
    if (live !== undefined) {
      await this.#sessions.end(live.session.id);
      log.tell(request, address, "logout", "success", { keyId: live.key.id, sessionId: live.session.id });
    }
    // What was shown to one person must not be there, behind the back button, for the next.
    return seeOther(LOGIN_PATH, { "Set-Cookie": ENDED_COOKIE, "Clear-Site-Data": '"cache"' });
  }
}

const WRONG = "This is not a key that works.";
// Of what a text is by itself, not of what is known here.
const ERRORS: Readonly<Record<string, string>> = {
  malformed: "This is not a key. A key begins with thk_ and has 62 characters.",
  checksum: "There is a mistake in this key. Copy it whole.",
};

function seeOther(location: string, fields: Readonly<Record<string, string>>): HttpResponse {
  return { status: 303, headers: { Location: location, "Cache-Control": "no-store", ...fields } };
}

async function readForm(request: HttpRequest): Promise<URLSearchParams> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new HttpError(415, "unsupported-form", "Cannot read the form: expected application/x-www-form-urlencoded");
  }
  return new URLSearchParams(await request.body.text(MAX_FORM_BYTES));
}
