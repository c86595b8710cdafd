import type { HttpResponse } from "../response.ts";
import { handOn } from "./hand-on.ts";

type FieldLines = readonly (readonly [name: string, value: string])[];

const RealResponse = Response;
const NO_FIELDS: FieldLines = Object.freeze([]);
// What a Response of text says of itself when it is told no type.
const TEXT_TYPE = Object.freeze(["content-type", "text/plain;charset=UTF-8"] as const);
const TEXT_FIELDS: FieldLines = Object.freeze([TEXT_TYPE]);
const FIELD_NAME = /^[\w!#$%&'*+\-.^`|~]+$/;
// Values that `Headers` would take as they are.
const FIELD_VALUE = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * A `Response` of text, or of nothing, that remembers what it was made of. A real one puts text into a stream
 * at once, and a server that wants it back must read that stream. What this class cannot answer, a real Response
 * does, made when needed.
 */
class LightResponse {
  readonly #text: string | null;
  readonly #status: number;
  readonly #fields: FieldLines;
  #headers: Headers | undefined;
  #real: Response | undefined;

  constructor(text: string | null, status: number, fields: FieldLines) {
    this.#text = text;
    this.#status = status;
    this.#fields = fields;
  }

  static httpResponseOf(response: object): HttpResponse | undefined {
    if (!(#text in response) || response.#real !== undefined) return undefined;
    return { status: response.#status, headers: response.#headers ?? response.#fields, body: response.#text };
  }
  static realOf(this: void, response: LightResponse): Response {
    const { status, headers } = response;
    return (response.#real ??= new RealResponse(response.#text, { status, headers }));
  }

  get status(): number {
    return this.#status;
  }
  get ok(): boolean {
    return this.#status < 300;
  }
  get headers(): Headers {
    return (this.#headers ??= new Headers(this.#fields as [string, string][]));
  }
  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#text === null ? null : LightResponse.realOf(this).body;
  }
  get bodyUsed(): boolean {
    return this.#real?.bodyUsed ?? false;
  }
  clone(): Response {
    const { status, headers } = this;
    return new RealResponse(LightResponse.realOf(this).clone().body, { status, headers });
  }
}

handOn(LightResponse, RealResponse, LightResponse.realOf);

/**
 * What stands in the global's place. It makes a light response in the plain case: text or no body, a status, and
 * fields in a record or in `Headers`. Any other response, and any subclass, is a real one.
 */
class ReplacedResponse extends RealResponse {
  static override readonly name: string = "Response";

  // oxlint-disable-next-line consistent-return -- without a value, a constructor returns what `super` made
  constructor(body?: BodyInit | null, init?: ResponseInit) {
    const fields = new.target === ReplacedResponse ? plainFields(body ?? null, init) : undefined;
    if (fields !== undefined) {
      return new LightResponse(
        typeof body === "string" ? body : null,
        init?.status ?? 200,
        fields,
      ) as unknown as ReplacedResponse;
    }
    super(body, init);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this === ReplacedResponse) return value instanceof RealResponse;
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

/**
 * Puts a lighter class in the place of the global `Response`: what an application makes of text reaches the server as
 * text, without a stream and a promise. Somebody else's class, such as that of `@hono/node-server`, stays.
 */
export function installLightResponse(): void {
  // A subclass that was here first makes its errors with the class that it extends.
  if (globalThis.Response !== RealResponse || RealResponse.error().constructor !== RealResponse) return;
  Object.defineProperty(globalThis, "Response", {
    value: ReplacedResponse,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/** A light response as a server's; `undefined` when it is a real one, or one whose body was touched. */
export function lightHttpResponse(response: Response): HttpResponse | undefined {
  return LightResponse.httpResponseOf(response);
}

/** The field lines of a plain response; `undefined` when it is not plain, or not valid. */
function plainFields(body: unknown, init: ResponseInit | null | undefined): FieldLines | undefined {
  const isText = typeof body === "string";
  if (!isText && body !== null) return undefined;
  if (init === undefined || init === null) return isText ? TEXT_FIELDS : NO_FIELDS;
  if (!isPlainStatus(init.status ?? 200, isText) || (init.statusText ?? "") !== "") return undefined;
  const lines = plainLines(init.headers);
  if (lines === undefined || !isText || lines.some(([name]) => isContentType(name))) return lines;
  return [...lines, TEXT_TYPE];
}

function isPlainStatus(status: number, isText: boolean): boolean {
  if (!Number.isInteger(status) || status < 200 || status > 599) return false;
  return !isText || (status !== 204 && status !== 205 && status !== 304);
}

function plainLines(headers: HeadersInit | null | undefined): FieldLines | undefined {
  if (headers === undefined || headers === null) return NO_FIELDS;
  if (headers instanceof Headers) return [...headers];
  if (Symbol.iterator in headers) return undefined;
  const lines: [string, string][] = [];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (typeof value !== "string" || !FIELD_VALUE.test(value) || !FIELD_NAME.test(name)) return undefined;
    lines.push([name, value]);
  }
  const [line] = lines;
  return line !== undefined && lines.length === 1 && isContentType(line[0]) ? typeList(line) : lines;
}

// What is frozen is encoded once by our servers, and most responses say their type and nothing else. By that type.
const typeLists = new Map<string, FieldLines>();
const MOST_TYPE_LISTS = 64;

function typeList(line: readonly [name: string, type: string]): FieldLines {
  const [name, type] = line;
  const known = typeLists.get(type);
  if (known?.[0]?.[0] === name) return known;
  const list = Object.freeze([Object.freeze(line)]);
  if (typeLists.size < MOST_TYPE_LISTS) typeLists.set(type, list);
  return list;
}

function isContentType(name: string): boolean {
  return name.length === 12 && name.toLowerCase() === "content-type";
}
