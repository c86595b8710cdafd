/** Options that make no sense together. What one of them would silently undo of another is refused. */
import { describeOrigin, type Origin } from "./configuration/origin.ts";
import { UsageError } from "./failure.ts";
import type { GivenOptions, OptionName } from "./options.ts";

/**
 * @param origins Where each option comes from: one that nobody typed is named with that.
 * @throws {UsageError} In one sentence that says which one to leave out, or to add.
 */
export function refuseContradictions(given: GivenOptions, origins: ReadonlyMap<OptionName, Origin>): void {
  const named = (name: OptionName): string => {
    const origin = origins.get(name) ?? TYPED;
    return origin.kind === TYPED.kind ? `--${name}` : `--${name} of ${describeOrigin(origin)}`;
  };
  for (const [one, other] of EXCLUSIVE) {
    if (isOn(given, one) && isOn(given, other)) {
      throw new UsageError(`Cannot be ${named(one)} and ${named(other)} at once: leave one of them out`);
    }
  }
  for (const [name, needed] of NEEDS) {
    if (!isOn(given, name) || needed.some((other) => isOn(given, other))) continue;
    throw new UsageError(
      `${named(name)} has no effect by itself: add ${needed.map((other) => `--${other}`).join(" or ")}`,
    );
  }
  const certificates = given["tls-cert"]?.length ?? 0;
  const keys = given["tls-key"]?.length ?? 0;
  if (certificates === keys) return;
  throw new UsageError(
    `Cannot match ${certificates} --tls-cert with ${keys} --tls-key: give each certificate its key, in the same order`,
  );
}

const TYPED: Origin = { kind: "command line" };

const EXCLUSIVE: readonly (readonly [OptionName, OptionName])[] = [
  ["quiet", "debug"],
  ["watch", "threads"],
  ["once", "threads"],
  ["tls-self-signed", "tls-cert"],
  // A Unix socket has no port, no address to go to, and one thread alone.
  ["socket", "port"],
  ["socket", "host"],
  ["socket", "threads"],
  ["socket", "open"],
  ["socket", "qr"],
  ["socket", "redirect-http"],
];

const TLS: readonly OptionName[] = ["tls-cert", "tls-self-signed"];

const NEEDS: readonly (readonly [OptionName, readonly OptionName[]])[] = [
  ["tls-client-ca", TLS],
  ["tls-client-ca", ["tls-client-name"]],
  ["tls-client-name", ["tls-client-ca"]],
  ["redirect-http", TLS],
  ["hsts", TLS],
  ["proxy-protocol", ["trusted-proxy"]],
  ["redis-password-file", ["redis"]],
];

function isOn(given: GivenOptions, name: OptionName): boolean {
  return given[name] !== undefined && given[name] !== false;
}
