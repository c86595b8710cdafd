/** The page that exchanges a key for a session. Complete without script. */
import { createHash } from "node:crypto";
import type { HttpResponse } from "@tinyhttp/handler";
import { LOGIN_STYLE } from "./login-style.ts";

/** Where the page is, and where its form goes. */
export const LOGIN_PATH = "/.tinyhttp/login";
/** Where a POST ends the session. */
export const LOGOUT_PATH = "/.tinyhttp/logout";

const STYLE_HASH = createHash("sha256").update(LOGIN_STYLE).digest("base64");

const PAGE_FIELDS: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    `default-src 'none'; img-src data:; style-src 'sha256-${STYLE_HASH}'; ` +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  // Not no-referrer: with that, browsers send the form with `Origin: null`.
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cache-Control": "no-store",
};

/** What a login page says. */
export interface LoginPage {
  readonly status: number;
  /** Where the browser wanted to go; see {@link safeDestination}. */
  readonly destination: string;
  /** What went wrong with the last try. */
  readonly error?: string | undefined;
  /**
   * Whether the page asks for its address once more. A browser that follows a link from another site holds its cookie
   * back (SameSite=Strict), and sends it when this page asks.
   */
  readonly asksAgain?: boolean | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

export function loginPage({ status, destination, error, asksAgain, fields }: LoginPage): HttpResponse {
  const invalid = error === undefined ? "" : ' aria-invalid="true" aria-describedby="error"';
  const alert = error === undefined ? "" : `<p id="error" role="alert">${escapeHtml(error)}</p>\n`;
  const form = `<form method="post" action="${LOGIN_PATH}">
<input type="hidden" name="to" value="${escapeHtml(destination)}">
<input type="text" name="user" value="tinyhttp" autocomplete="username" hidden>
<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="current-password" autocapitalize="off" spellcheck="false" required autofocus${invalid}>
${alert}<button>Sign in</button>
</form>`;
  return page(status, "Sign in", form, { ...fields }, asksAgain === true);
}

/** What the login page is for somebody who has a session. */
export function signedInPage(holder: string): HttpResponse {
  const form = `<p>You are signed in as ${escapeHtml(holder)}.</p>
<form method="post" action="${LOGOUT_PATH}"><button>Sign out</button></form>
<p><a href="/">To the files</a></p>`;
  return page(200, "Signed in", form, {}, false);
}

function page(
  status: number,
  title: string,
  content: string,
  fields: Readonly<Record<string, string>>,
  asksAgain: boolean,
): HttpResponse {
  const refresh = asksAgain ? '<meta http-equiv="refresh" content="0">\n' : "";
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${refresh}<title>${title}</title>
<link rel="icon" href="data:,">
<style>${LOGIN_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return { status, headers: { ...PAGE_FIELDS, ...fields }, body };
}

/**
 * A place on this server to go to after the login: a path with its query, as a target has them. Everything else is
 * `/`, above all what a browser would read as another host (`//a`, `/\a`, or either with a tab in it).
 */
export function safeDestination(text: string | null): string {
  if (text === null || text.length > 2048 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return "/";
  return text.startsWith("/.tinyhttp/") ? "/" : text;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
