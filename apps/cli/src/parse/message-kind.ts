/** Whether bytes are requests or responses. */

export type MessageKind = "request" | "response";

/** How every status line begins, and no request line can: a method has no slash (RFC 9112 §2.3, §3.1). */
const HTTP_NAME = "HTTP/";

/** @returns `undefined` while `first`, the input's first bytes, may become either. */
export function kindOf(first: Uint8Array): MessageKind | undefined {
  for (let index = 0; index < HTTP_NAME.length; index++) {
    const byte = first[index];
    if (byte === undefined) return undefined;
    if (byte !== HTTP_NAME.charCodeAt(index)) return "request";
  }
  return "response";
}
