/** The responses of a policy that says no. Made once; none says more than a stranger may know. */
import type { HttpResponse } from "@tinyhttp/handler";
import type { Scope } from "../authorisation/scope.ts";

// RFC 6750 §3, RFC 7617 §2. Browsers know only the second, and ask for a name and a password.
export const BEARER = 'Bearer realm="tinyhttp"';
const BASIC = 'Basic realm="tinyhttp", charset="UTF-8"';
// RFC 6750 §3.1: error codes are for requests that had a credential.
const BEARER_INVALID = `${BEARER}, error="invalid_token"`;

export function refusal(
  status: number,
  message: string,
  fields: Readonly<Record<string, string | readonly string[]>> = {},
): HttpResponse {
  const headers = Object.freeze({
    "Content-Type": "text/plain; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    ...fields,
  });
  return Object.freeze({ status, headers, body: `${message}\n` });
}

export const NO_KEY: HttpResponse = refusal(401, "A key is needed", { "WWW-Authenticate": [BEARER, BASIC] });

export const WRONG_KEY: HttpResponse = refusal(401, "The key is not valid", {
  "WWW-Authenticate": [BEARER_INVALID, BASIC],
});

export const SEVERAL_KEYS: HttpResponse = refusal(400, "Cannot use more than one key: expected one, in one field");

export const KEY_IN_QUERY: HttpResponse = refusal(
  400,
  "Cannot take a key from the query, where it would be logged: expected Authorization, X-API-Key or X-Auth-Token",
);

// RFC 9110 §15.5.20: the request was sent to a server that does not answer for this name.
export const WRONG_HOST: HttpResponse = refusal(421, "This server answers to names of its own machine only");

export const NOT_LOCAL: HttpResponse = refusal(403, "This server answers its own machine only");

export const CROSS_SITE: HttpResponse = refusal(403, "Cannot change anything for a page of another origin");

export const TOO_MANY_AT_ONCE: HttpResponse = refusal(429, "Too many requests at the same time", {
  "Retry-After": "1",
});

// A cookie with the `__Host-` prefix is for HTTPS alone.
export const NEEDS_TLS: HttpResponse = refusal(
  403,
  "Cannot sign in over plain HTTP: use https, or send the key itself",
);

const MISSING_SCOPE: Readonly<Record<Scope, HttpResponse>> = {
  read: missingScope("read"),
  list: missingScope("list"),
  write: missingScope("write"),
  delete: missingScope("delete"),
  admin: missingScope("admin"),
  metrics: missingScope("metrics"),
};

/** For a caller who is known but may not do this here; the same whether or not there is something at the path. */
export function forbidden(scope: Scope): HttpResponse {
  return MISSING_SCOPE[scope];
}

export function notAllowed(methods: string): HttpResponse {
  return refusal(405, `Cannot do this here: expected ${methods}`, { Allow: methods });
}

export function notFound(message: string): HttpResponse {
  return refusal(404, message);
}

// RFC 6750 §3.1.
function missingScope(scope: Scope): HttpResponse {
  const challenge = `${BEARER}, error="insufficient_scope", scope="${scope}"`;
  return refusal(403, "The key does not allow this here", { "WWW-Authenticate": challenge });
}
