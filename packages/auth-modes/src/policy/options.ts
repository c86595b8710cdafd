/** What can be chosen about a policy, and what is chosen where nothing is said. */
import type { ForwardingField } from "../identity/client-address.ts";
import { TrustedProxies } from "../identity/trusted-proxies.ts";
import type { KeyRing } from "../keys/key-ring.ts";
import { hostNameSet } from "../modes/host-names.ts";
import type { Mode } from "../modes/mode.ts";
import type { SecurityEventSink } from "../security-event.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import type { CertificateGrant } from "./certificate-identifier.ts";
import { type PolicyLimits, Limits } from "./limits.ts";
import { SecurityLog } from "./security-log.ts";

/** Options of `accessPolicy`. */
export interface AccessPolicyOptions {
  readonly mode: Mode;
  /** Needed in unprivate mode. Without it nobody can write in public mode; private mode does not look at keys. */
  readonly keys?: KeyRing | undefined;
  /**
   * Addresses and networks (`10.0.0.0/8`) whose word about a client's address is taken; `unix` for a proxy on a Unix
   * socket. Default none: the address is the peer's own.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /** The field in which they say it; they must overwrite or extend what a client sent. Default `x-forwarded-for`. */
  readonly forwardingField?: ForwardingField | undefined;
  /** Names, besides the loopback ones, for which private mode answers. Default none. */
  readonly hostNames?: readonly string[] | undefined;
  /** Whether `?api_key=` is taken for a key. It is then in every log and history on the way. Default `false`. */
  readonly allowQueryKey?: boolean | undefined;
  /** Where browsers' sessions are kept; needs `keys`. Without it nobody can sign in. Private mode has none. */
  readonly sessions?: SessionStore | undefined;
  /** What holders of client certificates may do. Without it a certificate means nothing. */
  readonly certificates?: readonly CertificateGrant[] | undefined;
  readonly limits?: PolicyLimits | undefined;
  readonly onSecurityEvent?: SecurityEventSink | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** The same with every choice made. */
export interface ResolvedPolicy {
  readonly mode: Mode;
  readonly keys: KeyRing | undefined;
  readonly sessions: SessionStore | undefined;
  readonly certificates: readonly CertificateGrant[];
  readonly trusted: TrustedProxies;
  readonly forwardingField: ForwardingField;
  readonly hostNames: ReadonlySet<string>;
  readonly allowQueryKey: boolean;
  readonly limits: Limits;
  readonly log: SecurityLog;
  readonly now: () => number;
}

/**
 * @throws {TypeError} Unprivate without keys, a proxy that is no address or network, a host name that is none.
 */
export function resolvePolicy(options: AccessPolicyOptions): ResolvedPolicy {
  const { mode, keys, now = Date.now } = options;
  if (mode === "unprivate" && keys === undefined) {
    throw new TypeError("Cannot be unprivate without keys: expected a key ring, such as openKeyFile gives");
  }
  return {
    mode,
    keys,
    sessions: mode === "private" ? undefined : options.sessions,
    certificates: options.certificates ?? [],
    trusted: new TrustedProxies(options.trustedProxies ?? []),
    forwardingField: options.forwardingField ?? "x-forwarded-for",
    hostNames: hostNameSet(options.hostNames ?? []),
    allowQueryKey: options.allowQueryKey ?? false,
    limits: new Limits(mode, options.limits ?? {}),
    log: new SecurityLog(mode, options.onSecurityEvent, now),
    now,
  };
}
