/** The pieces of RFC 9110 that a `Content-Type` field value is made of, as sticky expressions. */

// token = 1*tchar (RFC 9110 §5.6.2)
export const TOKEN: RegExp = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
// OWS = *( SP / HTAB ) (RFC 9110 §5.6.3)
export const OWS: RegExp = /[ \t]*/y;
// quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE (RFC 9110 §5.6.4), here without the closing DQUOTE,
// so that a failure can say how far the text was right.
export const QUOTED_TEXT: RegExp = /"(?:[\t !\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*/y;

/** The text that the sticky `rule` matches at `offset`; empty when it does not match there. */
export function matchAt(rule: RegExp, text: string, offset: number): string {
  rule.lastIndex = offset;
  return rule.exec(text)?.[0] ?? "";
}

/** Whether all of `text` is one token. */
export function isToken(text: string): boolean {
  return text !== "" && matchAt(TOKEN, text, 0).length === text.length;
}
