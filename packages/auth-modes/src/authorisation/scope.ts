/** What a caller may be allowed to do. No scope contains another. */
export type Scope = "read" | "list" | "write" | "delete" | "admin" | "metrics";

/** All scopes there are. */
export const SCOPES: readonly Scope[] = Object.freeze(["read", "list", "write", "delete", "admin", "metrics"]);

export function isScope(value: unknown): value is Scope {
  return (SCOPES as readonly unknown[]).includes(value);
}

/** @throws {TypeError} One of them is no scope. */
export function checkedScopes(scopes: readonly string[]): readonly Scope[] {
  return scopes.map((scope) => {
    if (isScope(scope)) return scope;
    throw new TypeError(`Cannot grant the scope ${JSON.stringify(scope)}: expected one of ${SCOPES.join(", ")}`);
  });
}

/**
 * The scope that a request with this method needs (RFC 9110 §9.2.1 for what is safe). A method that nobody here knows
 * needs the rarest one, since it may do anything.
 */
export function scopeOfMethod(method: string): Scope {
  switch (method) {
    case "GET":
    case "HEAD":
    case "OPTIONS":
      return "read";
    case "PUT":
    case "POST":
    case "PATCH":
      return "write";
    case "DELETE":
      return "delete";
    default:
      return "admin";
  }
}
