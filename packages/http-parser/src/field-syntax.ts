/** Whether text may be written as part of a field line. The counterpart of what the scanner accepts. */

/** token = 1*tchar (RFC 9110 §5.6.2) */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(text);
}

/** field-value without its surrounding white space, or a reason-phrase: no CTL but HTAB, and one byte per character (RFC 9110 §5.5) */
export function isFieldContent(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
