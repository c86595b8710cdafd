import type { Handler } from "@tinyhttp/handler";
import { PolicyPrincipal } from "../authorisation/policy-principal.ts";
import { hostNameSet } from "../modes/host-names.ts";
import type { SecurityEventSink } from "../security-event.ts";
import { LocalIdentifier } from "./local-identifier.ts";
import { SecurityLog } from "./security-log.ts";

/** Options of `privatePolicy`. */
export interface PrivatePolicyOptions {
  /** Names, besides the loopback ones, for which it answers. Default none. */
  readonly hostNames?: readonly string[] | undefined;
  readonly onSecurityEvent?: SecurityEventSink | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * `accessPolicy` of private mode without limits and proxies. What keys, sessions and limits need is not even loaded,
 * for programs whose start somebody waits for.
 *
 * @throws {TypeError} A host name is none.
 */
export function privatePolicy(options: PrivatePolicyOptions = {}): (handler: Handler) => Handler {
  const log = new SecurityLog("private", options.onSecurityEvent, options.now ?? Date.now);
  const identifier = new LocalIdentifier({ log, hostNames: hostNameSet(options.hostNames ?? []) });
  return (handler) => (request) => {
    const identity = identifier.identify(request, request.peer.address);
    if (!(identity instanceof PolicyPrincipal)) return identity;
    request.principal = identity;
    return handler(request);
  };
}
