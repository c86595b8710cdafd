import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { decide } from "../authorisation/decide.ts";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { scopeOfMethod } from "../authorisation/scope.ts";
import type { ResolvedPolicy } from "./options.ts";
import { forbidden, NO_KEY } from "./refusals.ts";
import { isSessionList } from "./session-list.ts";

/**
 * The refusal of what a principal may not do; `undefined` when it may. It is decided on `request.path`, the value that
 * the handler opens, and before anybody looks whether there is something.
 */
export function refuseUnlessGranted(
  request: HttpRequest,
  principal: PolicyPrincipal,
  { sessions, log }: ResolvedPolicy,
): HttpResponse | undefined {
  const { path } = request;
  const scope = sessions !== undefined && isSessionList(path) ? "admin" : scopeOfMethod(request.method);
  const { allow, rule } = decide(principal, scope, path);
  if (allow) return undefined;
  const { address, id, kind } = principal;
  // Whoever has shown no credential yet may have one.
  if (kind === "anonymous") return log.refuse(NO_KEY, request, address, "authentication", { rule, reason: scope });
  return log.refuse(forbidden(scope), request, address, "authorization", { rule, reason: scope, keyId: id });
}
