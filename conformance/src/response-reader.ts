/**
 * Reads what a server sent, strictly and on its own terms: it shares no line with the packages under test, so that
 * a mistake there is not made here as well. Text holds one character per byte.
 */

export interface ReadResponse {
  readonly status: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Everything that stands in a connection's bytes. */
export interface ResponseSequence {
  /** Whole responses, interim ones (1xx) among them, in order. */
  readonly responses: readonly ReadResponse[];
  /** What follows the last whole response. */
  readonly rest: string;
  /** What no HTTP/1.1 server may send; reading stopped there. */
  readonly fault: string | undefined;
}

// status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 §4)
const STATUS_LINE = /^HTTP\/1\.[01] ([1-5]\d\d) [\t\x20-\x7e\x80-\xff]*$/;
// field-line = field-name ":" OWS field-value OWS (RFC 9112 §5)
const FIELD_LINE =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)[ \t]*$/;
const CHUNK_SIZE_LINE = /^([0-9A-Fa-f]{1,8})\r\n/;

/**
 * @param text The bytes that came so far.
 * @param requestMethods The methods that are answered, in order: they decide where a response ends (RFC 9112 §6.3).
 * @param closed Whether the server has closed, which ends a response without a length.
 */
export function readResponses(text: string, requestMethods: readonly string[], closed: boolean): ResponseSequence {
  const responses: ReadResponse[] = [];
  let rest = text;
  let answered = 0;
  while (rest !== "") {
    const result = readResponse(rest, requestMethods[answered] ?? "GET", closed);
    if (typeof result === "string") return { responses, rest, fault: result };
    if (result === undefined) break;
    responses.push(result.response);
    rest = rest.slice(result.length);
    if (result.response.status >= 200) answered += 1;
  }
  return { responses, rest, fault: undefined };
}

type Reading = { response: ReadResponse; length: number } | string | undefined;

function readResponse(text: string, method: string, closed: boolean): Reading {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd === -1) return text.length > 65_536 ? "a head without end" : undefined;
  const [statusLine = "", ...fieldLines] = text.slice(0, headEnd).split("\r\n");
  const status = Number(STATUS_LINE.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) return `status line ${JSON.stringify(statusLine)}`;
  const fields: [string, string][] = [];
  for (const fieldLine of fieldLines) {
    const [, name, value] = FIELD_LINE.exec(fieldLine) ?? [];
    if (name === undefined || value === undefined) return `field line ${JSON.stringify(fieldLine)}`;
    fields.push([name, value]);
  }
  const content = readContent(text.slice(headEnd + 4), framingOf(status, fields, method), closed);
  if (typeof content !== "object") return content;
  return { response: { status, fields, body: content.body }, length: headEnd + 4 + content.length };
}

type Framing = "none" | "chunked" | "until-close" | { readonly length: number } | { readonly fault: string };

// RFC 9112 §6.3, for a response.
function framingOf(status: number, fields: ReadResponse["fields"], method: string): Framing {
  const lengths = fieldValues(fields, "content-length");
  const codings = fieldValues(fields, "transfer-encoding");
  if (lengths.length + codings.length > 1) return { fault: "more than one framing field" };
  if (status < 200 || status === 204) {
    return lengths.length + codings.length === 0 ? "none" : { fault: `a framing field in a ${status}` };
  }
  if (method === "HEAD" || status === 304 || (method === "CONNECT" && status < 300)) return "none";
  const [coding] = codings;
  if (coding !== undefined) return coding === "chunked" ? "chunked" : { fault: `transfer coding ${coding}` };
  const [length] = lengths;
  if (length === undefined) return "until-close";
  return /^\d{1,15}$/.test(length) ? { length: Number(length) } : { fault: `Content-Length ${length}` };
}

function readContent(
  text: string,
  framing: Framing,
  closed: boolean,
): { body: string; length: number } | string | undefined {
  if (framing === "none") return { body: "", length: 0 };
  if (framing === "until-close") return closed ? { body: text, length: text.length } : undefined;
  if (framing === "chunked") return readChunks(text);
  if ("fault" in framing) return framing.fault;
  if (text.length < framing.length) return undefined;
  return { body: text.slice(0, framing.length), length: framing.length };
}

function readChunks(text: string): { body: string; length: number } | string | undefined {
  let body = "";
  let offset = 0;
  for (;;) {
    const lineEnd = text.indexOf("\r\n", offset);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(CHUNK_SIZE_LINE.exec(text.slice(offset, lineEnd + 2))?.[1] ?? "", 16);
    if (Number.isNaN(size)) return `chunk size line ${JSON.stringify(text.slice(offset, lineEnd))}`;
    const dataEnd = lineEnd + 2 + size;
    if (text.length < dataEnd + 2) return undefined;
    // Servers here send no trailers: after the last chunk only an empty line may stand.
    if (text.slice(dataEnd, dataEnd + 2) !== "\r\n") return "chunk data without CRLF behind it";
    if (size === 0) return { body, length: dataEnd + 2 };
    body += text.slice(lineEnd + 2, dataEnd);
    offset = dataEnd + 2;
  }
}

/** The values of the field lines named `name` (lower case). */
export function fieldValues(fields: ReadResponse["fields"], name: string): string[] {
  return fields.filter(([fieldName]) => fieldName.toLowerCase() === name).map(([, value]) => value);
}
