/** Who can reach what is served: what the options ask for, and whether that is let happen. */
import { isLoopback } from "./loopback.ts";
import { CannotRun } from "./failure.ts";
import { defaultKeyFile } from "./directories.ts";
import type { Options } from "./options.ts";
import type { Environment } from "./terminal.ts";

const { existsSync } = process.getBuiltinModule("node:fs");

export interface Reach {
  readonly mode: Options["mode"];
  /** `undefined`: every address of this machine, unless there is a `socket`. */
  readonly host: string | undefined;
  /** Path of the Unix socket that takes the place of a port. */
  readonly socket: string | undefined;
  readonly isEncrypted: boolean;
  /** The file of keys that is asked; `undefined` when there is none, or no key is asked for. */
  readonly keyFile: string | undefined;
}

/** Stands for every address, of version 6 and of version 4. */
export const EVERY_ADDRESS = "::";
const LOOPBACK = "127.0.0.1";

export function reachOf(options: Options, env: Environment): Reach {
  const { mode } = options;
  return {
    mode,
    host: options.host ?? (mode === "private" ? LOOPBACK : undefined),
    socket: options.socket,
    isEncrypted: isEncrypted(options),
    keyFile: mode === "private" ? undefined : findKeyFile(options, env),
  };
}

function isEncrypted(options: Options): boolean {
  return options["tls-self-signed"] || options["tls-cert"] !== undefined;
}

/** One that was named must be there; the usual one may be. */
function findKeyFile(options: Options, env: Environment): string | undefined {
  if (options["key-file"] !== undefined) return options["key-file"];
  const usual = defaultKeyFile(env);
  return existsSync(usual) ? usual : undefined;
}

/**
 * Refuses what would let in whom nobody meant to let in.
 *
 * @returns What is risky about it, a sentence each.
 * @throws {CannotRun} The message says what to type instead.
 */
export async function checkReach(reach: Reach, options: Options): Promise<readonly string[]> {
  // The usual case, for which nothing needs to be loaded.
  if (reach.mode === "private" && reach.host !== undefined && isLoopback(reach.host)) return [];
  const { checkExposure } = await import("@tinyhttp/auth-modes");
  try {
    return checkExposure({
      mode: reach.mode,
      host: reach.socket === undefined ? (reach.host ?? EVERY_ADDRESS) : undefined,
      tls: reach.isEncrypted,
      insecureHttp: options["insecure-http"],
      trustedProxies: options["trusted-proxy"] ?? [],
      hasKeys: reach.keyFile !== undefined && (await hasLiveKeys(reach.keyFile)),
    });
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === "ExposureError" && "code" in cause)) throw cause;
    throw new CannotRun(refusal(String(cause.code), reach, options) ?? cause.message, { cause });
  }
}

async function hasLiveKeys(file: string): Promise<boolean> {
  const { listKeys } = await import("@tinyhttp/auth-modes");
  try {
    return listKeys(file).some(({ state }) => state === "active" || state === "pending");
  } catch (cause) {
    throw new CannotRun(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** In words of the command line: what exactly to type. */
function refusal(code: string, { host, keyFile }: Reach, options: Options): string | undefined {
  const where = host ?? "every address of this machine";
  switch (code) {
    case "private-off-loopback":
      return (
        `Cannot listen on ${where} in private mode, which is for this machine alone: ` +
        "add --mode unprivate to let in who has a key, or --mode public to let in everybody"
      );
    case "no-keys": {
      const option = options["key-file"] === undefined ? "" : ` --key-file ${options["key-file"]}`;
      const missing = keyFile === undefined ? "there is none yet" : `${keyFile} has none that works`;
      return `Cannot ask for keys in unprivate mode, since ${missing}: make one with tinyhttp keys create${option}`;
    }
    case "plain-http":
      return (
        `Cannot ask for keys on ${where} over plain HTTP, where others can read them: ` +
        "add --tls-self-signed, or --tls-cert and --tls-key; behind a proxy that encrypts, --trusted-proxy with its network; " +
        "or --insecure-http"
      );
    default:
      return undefined;
  }
}
