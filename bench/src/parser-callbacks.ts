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

/** What the two implementations pass to kOnHeadersComplete differs in nothing but the method's type. */
type OnHeadersComplete = (major: number, minor: number, headers: string[], method: number, target: string) => undefined;

const require = createRequire(import.meta.url);
// Both list the methods in llhttp's order.
const { METHODS: nativeMethods } = require("undici/lib/llhttp/constants.js") as { METHODS: Record<string, number> };

/** llhttp as Node binds it. */
export function nativeParser(): ParserSubject {
  const { HTTPParser } = require("node:_http_common") as { HTTPParser: CallbackParserClass };
  const names: string[] = [];
  for (const [name, number] of Object.entries(nativeMethods)) names[number] = name;
  return callbackSubject("llhttp, native in Node", HTTPParser, names);
}

export function httpParserJs(): ParserSubject {
  const { HTTPParser, methods } = require("http-parser-js") as { HTTPParser: CallbackParserClass; methods: string[] };
  // Reading it switches from the interface of Node 0.12 to today's.
  void HTTPParser.kOnExecute;
  return callbackSubject("http-parser-js", HTTPParser, methods);
}

function callbackSubject(name: string, Parser: CallbackParserClass, methods: readonly string[]): ParserSubject {
  let messages = 0;
  let length = 0;
  const parser = new Parser();
  parser.initialize(Parser.REQUEST, {});
  let onHead: (headers: string[], method: string, target: string) => void = () => undefined;
  parser[Parser.kOnHeadersComplete] = ((_major, _minor, headers, method, target) => {
    onHead(headers, methods[method]!, target);
  }) satisfies OnHeadersComplete as Callback;
  parser[Parser.kOnBody] = ((bytes: Buffer, _start?: number, size: number = bytes.length) => {
    length += size;
  }) as Callback;
  parser[Parser.kOnMessageComplete] = () => {
    messages++;
  };
  const run = (bytes: Buffer): number => {
    messages = 0;
    const result = parser.execute(bytes);
    if (result instanceof Error) throw result;
    return messages;
  };
  return {
    name,
    skip(bytes) {
      onHead = () => undefined;
      return run(bytes);
    },
    three(bytes, out) {
      onHead = (headers, method, target) => {
        out[0] = method;
        out[1] = target;
        pickThree(headers, out);
      };
      return run(bytes);
    },
    everything(bytes, out) {
      onHead = (headers) => {
        for (let index = 0; index < headers.length; index++) out.push(headers[index]!);
      };
      return run(bytes);
    },
    content(bytes) {
      onHead = () => undefined;
      length = 0;
      run(bytes);
      return length;
    },
  };
}
