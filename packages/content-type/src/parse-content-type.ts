import { ContentTypeSyntaxError } from "./content-type-syntax-error.ts";
import { matchAt, OWS, QUOTED_TEXT, TOKEN } from "./grammar.ts";

/** A media type: `type/subtype; name=value…` (RFC 9110 §8.3.1). */
export interface MediaType {
  /** Lower case after parsing. */
  readonly type: string;
  /** Lower case after parsing. */
  readonly subtype: string;
  /** Names in lower case after parsing; values as sent, without quotes: `charset` compares without case (RFC 9110 §8.3.2). */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads a `Content-Type` field value (RFC 9110 §8.3.1, §5.6.6).
 *
 * Strict: no whitespace around `/`, `=` or the whole value. An empty parameter (`text/html;;charset=utf-8;`) is
 * grammatical and ignored. A repeated parameter is refused: two readers could choose differently.
 *
 * @param fieldValue One character per byte (latin1), without the whitespace around a field value.
 * @throws {ContentTypeSyntaxError} With a `code` and the `offset` of the first character that cannot stand there.
 */
export function parseContentType(fieldValue: string): MediaType {
  const type = matchAt(TOKEN, fieldValue, 0);
  const slash = type.length;
  if (slash === 0 || fieldValue[slash] !== "/") throw new ContentTypeSyntaxError("bad-type", fieldValue, slash);
  const subtype = matchAt(TOKEN, fieldValue, slash + 1);
  const end = slash + 1 + subtype.length;
  if (subtype === "") throw new ContentTypeSyntaxError("bad-subtype", fieldValue, end);
  return {
    type: type.toLowerCase(),
    subtype: subtype.toLowerCase(),
    parameters: parseParameters(fieldValue, end),
  };
}

// parameters = *( OWS ";" OWS [ parameter ] ) (RFC 9110 §5.6.6)
function parseParameters(fieldValue: string, start: number): Map<string, string> {
  const parameters = new Map<string, string>();
  let offset = start;
  while (offset < fieldValue.length) {
    offset += matchAt(OWS, fieldValue, offset).length;
    if (fieldValue[offset] !== ";") throw new ContentTypeSyntaxError("bad-separator", fieldValue, offset);
    offset += 1;
    offset += matchAt(OWS, fieldValue, offset).length;
    if (offset < fieldValue.length && fieldValue[offset] !== ";") {
      offset = parseParameter(fieldValue, offset, parameters);
    }
  }
  return parameters;
}

// parameter = parameter-name "=" parameter-value
function parseParameter(fieldValue: string, start: number, parameters: Map<string, string>): number {
  const name = matchAt(TOKEN, fieldValue, start).toLowerCase();
  const equals = start + name.length;
  if (name === "" || fieldValue[equals] !== "=") {
    throw new ContentTypeSyntaxError("bad-parameter-name", fieldValue, equals);
  }
  if (parameters.has(name)) throw new ContentTypeSyntaxError("duplicate-parameter", fieldValue, start);
  const { value, end } = parseParameterValue(fieldValue, equals + 1);
  parameters.set(name, value);
  return end;
}

// parameter-value = ( token / quoted-string )
function parseParameterValue(fieldValue: string, start: number): { value: string; end: number } {
  if (fieldValue[start] !== '"') {
    const value = matchAt(TOKEN, fieldValue, start);
    if (value === "") throw new ContentTypeSyntaxError("bad-parameter-value", fieldValue, start);
    return { value, end: start + value.length };
  }
  const quoted = matchAt(QUOTED_TEXT, fieldValue, start);
  const end = start + quoted.length;
  if (fieldValue[end] !== '"') throw new ContentTypeSyntaxError("bad-quoted-string", fieldValue, end);
  return { value: quoted.slice(1).replaceAll(/\\(.)/g, "$1"), end: end + 1 };
}
