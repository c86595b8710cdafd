import { type HttpResponse, isHttpError } from "@tinyhttp/handler";
import { encodeFields, type EncodedFields, reasonPhraseOf } from "@tinyhttp/http-parser";

const PLAIN_TEXT: EncodedFields = encodeFields({
  "Content-Type": "text/plain; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
});

/** A short answer in plain text. */
export function textResponse(status: number, text: string, fields: EncodedFields = PLAIN_TEXT): HttpResponse {
  return { status, headers: fields, body: `${text}\n` };
}

/**
 * What a client is told of an error: the status and message of an `HttpError`, which were written for it, and of
 * anything else only that there was one.
 */
export function errorResponse(error: unknown): HttpResponse {
  if (isHttpError(error) && error.status >= 400 && error.status <= 599)
    return textResponse(error.status, error.message);
  return textResponse(500, reasonPhraseOf(500));
}
