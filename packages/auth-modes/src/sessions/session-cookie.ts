// The prefix makes browsers refuse the cookie unless it is Secure, for this host alone and for every path (RFC 6265bis
// §4.1.3.2): no neighbour and nobody on the way can plant one.
const NAME = "__Host-tinyhttp";
const TOKEN = /^[\w-]{43}$/;

/** The session token in a `Cookie` field value; `undefined` when there is none, or more than one. */
export function sessionToken(cookie: string | undefined): string | undefined {
  if (cookie === undefined || !cookie.includes(NAME)) return undefined;
  const values = cookie
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${NAME}=`))
    .map((pair) => pair.slice(NAME.length + 1));
  const [token] = values;
  return values.length === 1 && token !== undefined && TOKEN.test(token) ? token : undefined;
}

/** The `Set-Cookie` value that begins a session. It has no lifetime of its own: the server knows when it is over. */
export function formatSessionCookie(token: string): string {
  return `${NAME}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}

/** The `Set-Cookie` value that takes it back. */
export const ENDED_COOKIE: string = `${NAME}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`;
