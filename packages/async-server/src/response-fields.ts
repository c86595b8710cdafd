import type { HeaderInit } from "@tinyhttp/handler";
import { EncodedFields, encodeFields } from "@tinyhttp/http-parser";

const NO_FIELDS: EncodedFields = encodeFields([]);

/** Of lists that cannot change: what adapters and handlers give for every response alike is encoded once. */
const frozenLists = new WeakMap<object, EncodedFields>();

/** @throws {TypeError} A field that cannot be sent. */
export function responseFields(headers: HeaderInit | undefined): EncodedFields {
  if (headers === undefined) return NO_FIELDS;
  if (headers instanceof EncodedFields) return headers;
  const known = frozenLists.get(headers);
  if (known !== undefined) return known;
  const fields = encodeFields(headers);
  if (isFrozenList(headers)) frozenLists.set(headers, fields);
  return fields;
}

/** Whether these were encoded before, or will not be again. */
export function areKept(headers: HeaderInit | undefined): boolean {
  return headers === undefined || headers instanceof EncodedFields || frozenLists.has(headers);
}

function isFrozenList(headers: HeaderInit): boolean {
  return Array.isArray(headers) && Object.isFrozen(headers) && headers.every((pair) => Object.isFrozen(pair));
}
