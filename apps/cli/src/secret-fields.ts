// Fields whose value lets somebody in. Their presence may be shown, never their value.
const SECRET_FIELDS = new Set([
  "authorization",
  "cookie",
  "proxy-authorization",
  "set-cookie",
  "x-api-key",
  "x-auth-token",
]);
const SECRET_PARAMETER =
  /([?&;](?:[^=&;]*(?:key|token|secret|passw|auth|session|signature)[^=&;]*|sig|code)=)[^&;#]*/gi;

/** The value as it may be shown: blanked out for a field that carries a secret. */
export function withoutSecret(fieldName: string, value: string): string {
  if (SECRET_FIELDS.has(fieldName.toLowerCase())) return "(hidden)";
  return value.includes("?") ? targetWithoutSecrets(value) : value;
}

/** A target or URL in which the value of each query parameter that sounds like a secret is blanked out. */
export function targetWithoutSecrets(target: string): string {
  return target.replace(SECRET_PARAMETER, "$1(hidden)");
}
