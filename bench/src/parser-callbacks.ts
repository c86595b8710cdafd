/** Node's own parser interface, which http-parser-js imitates: a class whose instances carry callbacks by number. */
import { createRequire } from "node:module";
import { type ParserSubject, pickThree } from "./parser-subject.ts";

type Callback = (...args: never[]) => unknown;

interface CallbackParser {
  initialize(type: unknown, resource: object): void;
  execute(bytes: Buffer): unknown;
  [callback: number]: Callback;
}

interface CallbackParserClass {
  new (): CallbackParser;
  readonly REQUEST: unknown;
  readonly kOnHeadersComplete: number;
  readonly kOnBody: number;
  readonly kOnMessageComplete: number;
  readonly kOnExecute: number;
}

type OnHead = (headers: string[], method: string, target: string) => void;

const require = createRequire(import.meta.url);

/** llhttp as Node binds it. */
export function nativeParser(): ParserSubject {
  const { HTTPParser } = require("node:_http_common") as { HTTPParser: CallbackParserClass };
  const { METHODS } = require("undici/lib/llhttp/constants.js") as { METHODS: Record<string, number> };
  const names: string[] = [];
  for (const [name, number] of Object.entries(METHODS)) names[number] = name;
  return new CallbackSubject("llhttp, native in Node", HTTPParser, names);
}

export function httpParserJs(): ParserSubject {
  const { HTTPParser, methods } = require("http-parser-js") as { HTTPParser: CallbackParserClass; methods: string[] };
  // Reading it switches from the interface of Node 0.12 to today's.
  void HTTPParser.kOnExecute;
  return new CallbackSubject("http-parser-js", HTTPParser, methods);
}

const IGNORE: OnHead = () => undefined;

class CallbackSubject implements ParserSubject {
  readonly name: string;
  readonly #parser: CallbackParser;
  #onHead: OnHead = IGNORE;
  #messages = 0;
  #length = 0;

  constructor(name: string, Parser: CallbackParserClass, methods: readonly string[]) {
    this.name = name;
    const parser = new Parser();
    parser.initialize(Parser.REQUEST, {});
    parser[Parser.kOnHeadersComplete] = (
      _major: number,
      _minor: number,
      headers: string[],
      method: number,
      target: string,
    ) => {
      this.#onHead(headers, methods[method]!, target);
    };
    parser[Parser.kOnBody] = (bytes: Buffer, _start?: number, size: number = bytes.length) => {
      this.#length += size;
    };
    parser[Parser.kOnMessageComplete] = () => {
      this.#messages++;
    };
    this.#parser = parser;
  }

  skip(bytes: Buffer): number {
    return this.#run(bytes, IGNORE);
  }

  three(bytes: Buffer, out: (string | undefined)[]): number {
    return this.#run(bytes, (headers, method, target) => {
      out[0] = method;
      out[1] = target;
      pickThree(headers, out);
    });
  }

  everything(bytes: Buffer): readonly string[] {
    let flat: readonly string[] = [];
    this.#run(bytes, (headers) => {
      flat = headers;
    });
    return flat;
  }

  content(bytes: Buffer): number {
    this.#length = 0;
    this.#run(bytes, IGNORE);
    return this.#length;
  }

  #run(bytes: Buffer, onHead: OnHead): number {
    this.#messages = 0;
    this.#onHead = onHead;
    const result = this.#parser.execute(bytes);
    if (result instanceof Error) throw result;
    return this.#messages;
  }
}
