/** Media types from file names and bytes; `Content-Type` field values as structures (RFC 9110 §8.3). No I/O. */
export { ContentTypeSyntaxError, isContentTypeSyntaxError } from "./content-type-syntax-error.ts";
export type { ContentTypeErrorCode } from "./content-type-syntax-error.ts";
export { parseContentType, type MediaType } from "./parse-content-type.ts";
export { formatContentType } from "./format-content-type.ts";
export { contentTypeOf } from "./content-type-of.ts";
export { sniffContentType, SNIFFED_BYTES } from "./sniff-content-type.ts";
export { isCompressible } from "./is-compressible.ts";
