/** The sentence of each error. The README's table is generated from here. */
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";

/** Of each code, what could not be done and what would have been right. */
export const EXPLANATIONS: Readonly<Record<HttpSyntaxErrorCode, readonly [action: string, wanted: string]>> = {
  "too-many-empty-lines": ["read start line", "a start line after fewer empty lines"],
  "bare-cr": ["read line", "LF after CR"],
  "bare-lf": ["read line", "CR before LF"],
  "method-invalid": ["read method", "a token and one SP"],
  "target-invalid": ["read request-target", "visible ASCII without # and one SP"],
  "target-form-invalid": [
    "read request-target",
    "the form that the method takes: /path, http://host/path, host:port for CONNECT, * for OPTIONS",
  ],
  "request-line-too-long": ["read request line", "a shorter line"],
  "status-line-too-long": ["read status line", "a shorter line"],
  "version-invalid": ["read HTTP version", "HTTP/1.1 or HTTP/1.0 and CRLF"],
  "version-unsupported": ["read HTTP version", "HTTP/1.1 or HTTP/1.0"],
  "status-code-invalid": ["read status line", "SP, three digits from 100 to 599 and SP"],
  "reason-phrase-invalid": ["read reason phrase", "text without control characters"],
  "field-name-invalid": ["read field line", "a token and a colon"],
  "field-name-space": ["read field line", "a colon directly after the field name"],
  "obs-fold": ["read field line", "a field name, not white space"],
  "field-value-invalid": ["read field line", "a value without control characters"],
  "field-line-too-long": ["read field line", "a shorter line"],
  "field-section-too-long": ["read field section", "a shorter section"],
  "too-many-fields": ["read field section", "fewer fields"],
  "host-missing": ["accept request", "a Host field"],
  "host-repeated": ["accept request", "one Host field"],
  "host-invalid": ["read Host", "a host name or address and at most a port"],
  "host-mismatch": ["accept request", "Host to equal the authority of the target"],
  "content-length-invalid": ["read Content-Length", "decimal digits alone"],
  "content-length-repeated": ["frame message", "one Content-Length field"],
  "content-length-too-large": ["read Content-Length", "at most 9007199254740991"],
  "transfer-encoding-with-length": ["frame message", "Transfer-Encoding or Content-Length, not both"],
  "transfer-encoding-invalid": ["frame message", "chunked, once and alone"],
  "transfer-coding-unsupported": ["frame message", "no coding other than chunked"],
  "transfer-encoding-in-http-1-0": ["frame message", "no Transfer-Encoding in HTTP/1.0"],
  "expectation-unsupported": ["accept request", "100-continue"],
  "chunk-size-invalid": ["read chunk size", "hexadecimal digits and CRLF"],
  "chunk-size-too-large": ["read chunk size", "at most 16 digits and 9007199254740991"],
  "chunk-extension-invalid": ["read chunk extension", ";name or ;name=value and CRLF"],
  "chunk-extension-too-long": ["read chunk extension", "shorter extensions"],
  "chunk-data-invalid": ["read chunk", "CRLF after the chunk's data"],
  "trailer-field-forbidden": ["read trailer section", "no framing or routing field"],
  "response-unexpected": ["read response", "no response without a request"],
  "too-many-interim-responses": ["read response", "a final response"],
  "message-incomplete": ["read message", "more bytes before the connection closed"],
};

/**
 * Explains an error in a sentence: what could not be done, what would have been right, what stood there instead, where.
 *
 * Apart from the error's own message, which names the code, so that who embeds a parser need not carry the sentences.
 */
export function explainSyntaxError(error: HttpSyntaxError): string {
  const { code, offset, section, got, maximum } = error;
  const [action, wanted] = EXPLANATIONS[code];
  const most = maximum === undefined ? "" : ` (at most ${maximum})`;
  const found = got === undefined ? "" : `, got 0x${got.toString(16).padStart(2, "0")}`;
  return `Cannot ${action}: expected ${wanted}${most}${found} (byte ${offset}, ${section})`;
}
