import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import type { Step } from "./step.ts";

/** Finds out who sends a request, or answers it. One for each way to be known. */
export interface Identifier {
  identify(request: HttpRequest, address: string): Step<PolicyPrincipal | HttpResponse>;
}
