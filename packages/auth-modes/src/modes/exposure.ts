import { isLoopbackName } from "./host-names.ts";
import type { Mode } from "./mode.ts";

/** What decides how far a server can be reached, and by what. */
export interface Exposure {
  readonly mode: Mode;
  /** Where it listens: a name or address; `undefined` for a Unix socket. */
  readonly host: string | undefined;
  readonly tls: boolean;
  /** Whether the operator has said that plain HTTP is meant. */
  readonly insecureHttp?: boolean | undefined;
  readonly trustedProxies?: readonly string[] | undefined;
  /** Whether there is a key that works. */
  readonly hasKeys: boolean;
}

export type ExposureErrorCode = "private-off-loopback" | "no-keys" | "plain-http";

/** A combination that would expose what nobody meant to expose. The message names the ways out. */
export class ExposureError extends Error {
  static {
    this.prototype.name = "ExposureError";
  }
  readonly code: ExposureErrorCode;

  constructor(code: ExposureErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Refuses to start what is unsafe, and says what is risky.
 *
 * @returns Warnings, one sentence each, for whoever starts the server.
 * @throws {ExposureError}
 */
export function checkExposure(exposure: Exposure): readonly string[] {
  const { mode, host, hasKeys } = exposure;
  const isLocal = host === undefined || isLoopbackName(host.replace(/^\[(.*)\]$/, "$1").toLowerCase());
  if (mode === "private") return isLocal ? [] : refuse("private-off-loopback", `${PRIVATE_AT} ${host}: ${PRIVATE_FIX}`);
  if (mode === "unprivate" && !hasKeys) refuse("no-keys", NO_KEYS);
  const isPlain = !isLocal && !exposure.tls && (exposure.trustedProxies ?? []).length === 0;
  if (mode === "unprivate" && isPlain && exposure.insecureHttp !== true) {
    refuse("plain-http", `Cannot ask for keys over plain HTTP on ${host}: ${PLAIN_FIX}`);
  }
  const warnings: string[] = [];
  if (mode === "public") warnings.push(publicSentence(host, isLocal));
  if (isPlain && hasKeys) warnings.push(PLAIN_KEYS);
  if (exposure.trustedProxies?.some((network) => /\/0+$/.test(network)) === true) warnings.push(EVERYBODY_TRUSTED);
  return warnings;
}

const PRIVATE_AT = "Cannot be private on";
const PRIVATE_FIX = "private is for this machine alone; listen on 127.0.0.1, or choose the mode unprivate or public";
const NO_KEYS =
  "Cannot be unprivate without a key: nobody could ask for anything; create a key first (tinyhttp keys create)";
const PLAIN_FIX =
  "they could be read on the way; use TLS, name the trusted proxy that does, or allow it with --insecure-http";
function publicSentence(host: string | undefined, isLocal: boolean): string {
  if (host === undefined) return PUBLIC_ON_SOCKET;
  return isLocal ? PUBLIC_HERE : PUBLIC_EVERYWHERE;
}

const PUBLIC_ON_SOCKET = "Public mode: everybody who can connect to this socket may read everything served here.";
const PUBLIC_HERE =
  "Public mode: everybody who can reach this machine's own addresses may read everything served here.";
const PUBLIC_EVERYWHERE = "Public mode: everybody who can reach this address may read everything served here.";
const PLAIN_KEYS = "Keys travel over plain HTTP: whoever is on the way can read and use them.";
const EVERYBODY_TRUSTED = "Every address is a trusted proxy: clients can claim any address they like.";

function refuse(code: ExposureErrorCode, message: string): never {
  throw new ExposureError(code, message);
}
