import { isToken } from "./grammar.ts";
import type { MediaType } from "./parse-content-type.ts";

// What a quoted-string can carry, escaped or not (RFC 9110 §5.6.4).
const QUOTABLE = /^[\t \x21-\x7e\x80-\xff]*$/;

/**
 * Writes a media type as a `Content-Type` field value; what it writes, `parseContentType` reads back.
 * A parameter value is quoted only when it is not a token.
 *
 * @throws {TypeError} When a part cannot be written: a type, subtype or name that is not a token, a value with a
 *   control character or one beyond U+00FF, or two names that differ only in case.
 */
export function formatContentType(mediaType: MediaType): string {
  let fieldValue = `${token("type", mediaType.type)}/${token("subtype", mediaType.subtype)}`;
  const written = new Set<string>();
  for (const [name, value] of mediaType.parameters) {
    const key = token("parameter name", name).toLowerCase();
    if (written.has(key)) throw new TypeError(`Cannot format Content-Type: parameter "${key}" is given twice`);
    written.add(key);
    fieldValue += `; ${name}=${parameterValue(name, value)}`;
  }
  return fieldValue;
}

function token(part: string, text: string): string {
  if (isToken(text)) return text;
  throw new TypeError(`Cannot format Content-Type: ${part} ${JSON.stringify(text)} is not a token (RFC 9110 §5.6.2)`);
}

function parameterValue(name: string, value: string): string {
  if (isToken(value)) return value;
  if (QUOTABLE.test(value)) return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  const quoted = JSON.stringify(value);
  throw new TypeError(`Cannot format Content-Type: value ${quoted} of "${name}" needs printable latin1 characters`);
}
