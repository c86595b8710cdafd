import type { HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { errorResponse, textResponse } from "./error-response.ts";
import { tooLarge } from "./request-body.ts";

const CLOSING_TEXT = encodeFields({ "Content-Type": "text/plain; charset=utf-8", Connection: "close" });

/**
 * What is answered without the handler: content that is announced to be too large, before any of it is sent (RFC 9110
 * §15.5.14), and the two methods that no resource here can have (§15.6.2): CONNECT would make this server a proxy,
 * and TRACE shows a script the fields that it must not see.
 */
export function earlyResponse(
  method: string,
  contentLength: number | undefined,
  maxBodyBytes: number,
): HttpResponse | undefined {
  if (contentLength !== undefined && contentLength > maxBodyBytes) return errorResponse(tooLarge(maxBodyBytes));
  if (method === "TRACE") return textResponse(501, "The method TRACE is not implemented");
  // What follows a CONNECT may be meant for the tunnel, so the connection ends.
  if (method === "CONNECT") return textResponse(501, "The method CONNECT is not implemented", CLOSING_TEXT);
  return undefined;
}
