/** HTTP/1.x messages (RFC 9112): bytes in, messages out, and back. No sockets, no clock, no runtime. */
export { HttpSyntaxError, type HttpSyntaxErrorCode, isHttpSyntaxError } from "./errors.ts";
export { explainSyntaxError } from "./explain-syntax-error.ts";
export { DEFAULT_LIMITS, type ParserLimits } from "./limits.ts";
export type { FieldSection } from "./field-section.ts";
export type { RequestHead } from "./request-head.ts";
export type { ParserEvent } from "./message-reader.ts";
export { RequestParser, type RequestParserOptions } from "./request-parser.ts";
export type { ResponseHead } from "./response-head.ts";
export { ResponseParser, type ResponseParserOptions } from "./response-parser.ts";
export { EncodedFields, encodeFields, type FieldInit } from "./encoded-fields.ts";
export { reasonPhraseOf } from "./reason-phrase.ts";
export { requestHead, type RequestHeadOptions } from "./request-head-encoder.ts";
export { responseHead, type ResponseHeadOptions } from "./response-head-encoder.ts";
export { CHUNK_END, chunkHead, lastChunk } from "./chunk-framing.ts";
