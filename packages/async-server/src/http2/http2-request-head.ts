/**
 * The head of an HTTP/2 request, read by the reader of HTTP/1: what is refused, what is limited and what a handler sees
 * are then the same in both, and there is no second opinion between them that an attacker could use.
 */
import {
  explainSyntaxError,
  isHttpSyntaxError,
  type RequestHead,
  RequestParser,
  type RequestParserOptions,
} from "@tinyhttp/http-parser";

/** The head that nghttp2 gives: names and values in turn, pseudo-header fields first (RFC 9113 §8.3). */
export type RawFields = readonly string[];

/** The request cannot be taken; `message` is written for the client. */
export interface RefusedHead {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** Nothing that could end a line of HTTP/1 can be in a part of one (RFC 9113 §8.2.1, §10.3). */
const LINE_BREAK = /[\r\n\0]/;
const WHITE_SPACE = /[\s\0]/;

export class Http2HeadReader {
  readonly #options: RequestParserOptions;
  #parser: RequestParser;

  constructor(options: RequestParserOptions) {
    this.#options = options;
    this.#parser = new RequestParser(options);
  }

  /** @param hasContent Whether DATA frames may follow. */
  read(fields: RawFields, hasContent: boolean): RequestHead | RefusedHead {
    const text = requestText(fields);
    if (text === undefined) {
      return {
        code: "fields-invalid",
        status: 400,
        message: "Cannot read the request: a field has a line break or is missing",
      };
    }
    try {
      this.#parser.feed(Buffer.from(text, "latin1"));
      if (this.#parser.next() !== "head") throw new TypeError("Cannot read a request: its text has no end");
      const head = this.#parser.takeHead();
      if (!hasContent && head.contentLength === 0) {
        // Its end, and that nothing follows.
        while (this.#parser.next() !== "need-data");
        return head;
      }
      // Its content comes another way than this reader expects.
      this.#parser = new RequestParser(this.#options);
      return hasContent && head.contentLength === 0 && !head.fields.has("content-length")
        ? withUnknownLength(head)
        : head;
    } catch (error) {
      this.#parser = new RequestParser(this.#options);
      if (!isHttpSyntaxError(error)) throw error;
      return { code: error.code, status: error.status, message: explainSyntaxError(error) };
    }
  }
}

/** A stream may have content of which nothing is announced, and needs no framing for it (RFC 9113 §8.1). */
function withUnknownLength(head: RequestHead): RequestHead {
  const { method, target, fields } = head;
  const expectsContinue = fields.get("expect")?.toLowerCase() === "100-continue";
  return {
    method,
    target,
    fields,
    expectsContinue,
    contentLength: undefined,
    versionMinor: 1,
    chunked: false,
    keepAlive: true,
    upgrade: false,
  };
}

function requestText(fields: RawFields): string | undefined {
  let method = "";
  let path: string | undefined;
  let authority: string | undefined;
  let cookies: string | undefined;
  let lines = "";
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] ?? "";
    const value = fields[index + 1] ?? "";
    if (name === ":method") method = value;
    else if (name === ":path") path = value;
    else if (name === ":authority") authority = value;
    else if (name.startsWith(":")) continue;
    // RFC 9113 §8.2.3: one field may come in several pieces.
    else if (name === "cookie") cookies = cookies === undefined ? value : `${cookies}; ${value}`;
    // RFC 9113 §8.3.1: the same twice is one; what differs is refused for being there twice.
    else if (name === "host" && (authority === undefined || authority === value)) authority = value;
    else if (LINE_BREAK.test(value) || WHITE_SPACE.test(name)) return undefined;
    else lines += `${name}: ${value}\r\n`;
  }
  // RFC 9113 §8.5: CONNECT has no path, and names its host.
  const target = path ?? authority ?? "";
  if (WHITE_SPACE.test(method) || WHITE_SPACE.test(target)) return undefined;
  if (LINE_BREAK.test(authority ?? "") || LINE_BREAK.test(cookies ?? "")) return undefined;
  if (authority !== undefined) lines = `host: ${authority}\r\n${lines}`;
  if (cookies !== undefined) lines += `cookie: ${cookies}\r\n`;
  return `${method} ${target} HTTP/1.1\r\n${lines}\r\n`;
}
