import { isBelow } from "./path-prefix.ts";

/** What somebody may do: these scopes, below these paths. Empty means nothing. */
export interface Grant {
  readonly scopes: readonly string[];
  /** Normalised and without a slash at the end; `/` is everything. */
  readonly prefixes: readonly string[];
}

/** An answer and the rule that gave it. */
export interface Decision {
  readonly allow: boolean;
  readonly rule: "granted" | "missing-scope" | "outside-prefixes";
}

const GRANTED: Decision = Object.freeze({ allow: true, rule: "granted" });
const MISSING_SCOPE: Decision = Object.freeze({ allow: false, rule: "missing-scope" });
const OUTSIDE_PREFIXES: Decision = Object.freeze({ allow: false, rule: "outside-prefixes" });

/**
 * Whether a principal may do something: the one place where this is decided. What was not granted is denied.
 *
 * @param action A scope, such as `read`.
 * @param resource The normalised path that will be opened, never the target as sent.
 */
export function decide(principal: Grant, action: string, resource: string): Decision {
  if (!principal.scopes.includes(action)) return MISSING_SCOPE;
  for (const prefix of principal.prefixes) if (isBelow(resource, prefix)) return GRANTED;
  return OUTSIDE_PREFIXES;
}
