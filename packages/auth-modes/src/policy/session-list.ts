/** Sessions, for whoever administers them: a list as JSON, and the end of one. */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { SessionStore } from "../sessions/session-store.ts";
import type { ResolvedPolicy } from "./options.ts";
import { notAllowed, notFound } from "./refusals.ts";
import type { Step } from "./step.ts";

/** `GET` lists; `DELETE` of `<path>/<id>` ends one. Both need the scope `admin`. */
const SESSIONS_PATH = "/.tinyhttp/sessions";

export function isSessionList(path: string): boolean {
  return path === SESSIONS_PATH || path.startsWith(`${SESSIONS_PATH}/`);
}

export function answerSessionList(
  request: HttpRequest,
  policy: ResolvedPolicy,
  sessions: SessionStore,
): Step<HttpResponse> {
  const id = request.path.slice(SESSIONS_PATH.length + 1);
  if (id !== "") return request.method === "DELETE" ? endSession(request, id, policy, sessions) : notAllowed("DELETE");
  if (request.method !== "GET" && request.method !== "HEAD") return notAllowed("GET, HEAD");
  const now = policy.now();
  const list = sessions
    .list(now)
    .filter(({ keyId }) => policy.keys?.find(keyId, now) !== undefined)
    .map(({ created, seen, ...session }) => ({
      ...session,
      created: new Date(created).toISOString(),
      seen: new Date(seen).toISOString(),
    }));
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
  return { status: 200, headers, body: `${JSON.stringify({ sessions: list })}\n` };
}

async function endSession(
  request: HttpRequest,
  id: string,
  policy: ResolvedPolicy,
  sessions: SessionStore,
): Promise<HttpResponse> {
  const isEnded = await sessions.end(id);
  const { principal } = request;
  const keyId = principal?.id;
  const outcome = isEnded ? "success" : "failure";
  policy.log.tell(request, principal?.address ?? "", "session-ended", outcome, { keyId, sessionId: id });
  return isEnded ? { status: 204 } : notFound("There is no such session");
}
