const ESSENCE = /^[ \t]*([!#$%&'*+\-.^_`|~0-9a-z]+)\/([!#$%&'*+\-.^_`|~0-9a-z]+)[ \t]*(?:;|$)/i;

// Structured syntax suffixes of text formats (RFC 6838 §4.2.8; +cbor, +zip and +gzip are binary or compressed already).
const TEXT_SUFFIX = /\+(?:json|json-seq|text|xml|yaml)$/;

const COMPRESSIBLE: ReadonlySet<string> = new Set([
  "application/ecmascript",
  "application/hjson",
  "application/javascript",
  "application/json",
  "application/json5",
  "application/jsonl",
  "application/n-quads",
  "application/n-triples",
  "application/node",
  "application/postscript",
  "application/rtf",
  "application/sql",
  "application/toml",
  "application/trig",
  "application/vnd.apple.mpegurl",
  "application/vnd.ms-fontobject",
  "application/wasm",
  "application/x-javascript",
  "application/x-ndjson",
  "application/x-sh",
  "application/x-tar",
  "application/x-yaml",
  "application/xml",
  "application/xml-dtd",
  "application/yaml",
  "font/collection",
  "font/otf",
  "font/ttf",
  "image/bmp",
  "image/vnd.microsoft.icon",
  "image/x-icon",
  "message/rfc822",
  "model/mtl",
  "model/obj",
  "model/step",
  "model/stl",
]);

/**
 * Whether content of this type usually gets smaller by compression: text, formats that are text underneath, and the
 * few binary ones that hold no compression of their own. Unknown types, `application/octet-stream` among them, do
 * not count, and neither does `text/event-stream`: an event must not wait in a compressor for the next one.
 *
 * @param contentType A `Content-Type` field value; its parameters do not matter. A malformed one is `false`.
 */
export function isCompressible(contentType: string): boolean {
  const [, type, subtype] = ESSENCE.exec(contentType.toLowerCase()) ?? [];
  if (type === undefined || subtype === undefined) return false;
  if (type === "text") return subtype !== "event-stream";
  return COMPRESSIBLE.has(`${type}/${subtype}`) || TEXT_SUFFIX.test(subtype);
}
