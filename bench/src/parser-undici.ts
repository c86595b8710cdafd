/** llhttp as WebAssembly, from undici. The bytes are copied into its memory; callbacks give addresses there. */
import { createRequire } from "node:module";
import { type ParserSubject, pickThree } from "./parser-subject.ts";

interface Llhttp {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  llhttp_alloc(type: number): number;
  llhttp_execute(parser: number, start: number, length: number): number;
  llhttp_get_method(parser: number): number;
}

const require = createRequire(import.meta.url);
const { METHODS, TYPE } = require("undici/lib/llhttp/constants.js") as {
  METHODS: Record<string, number>;
  TYPE: { REQUEST: number };
};
const MEMORY_BYTES = 128 * 1024;

export function undiciParser(): ParserSubject {
  const methods: string[] = [];
  for (const [name, number] of Object.entries(METHODS)) methods[number] = name;
  let chunk: Buffer = Buffer.alloc(0);
  let messages = 0;
  let length = 0;
  let target = "";
  let headers: string[] = [];
  let wanted = true;
  let onHead: (method: string) => void = () => undefined;
  const text = (at: number, size: number): string => chunk.latin1Slice(at - memory, at - memory + size);
  const pushText = (_parser: number, at: number, size: number): number => {
    if (wanted) headers.push(text(at, size));
    return 0;
  };
  const module = new WebAssembly.Module(new Uint8Array(require("undici/lib/llhttp/llhttp_simd-wasm.js") as Buffer));
  const instance = new WebAssembly.Instance(module, {
    env: {
      wasm_on_message_begin: () => 0,
      wasm_on_url: (_parser: number, at: number, size: number) => {
        if (wanted) target = text(at, size);
        return 0;
      },
      wasm_on_status: () => 0,
      wasm_on_header_field: pushText,
      wasm_on_header_value: pushText,
      wasm_on_headers_complete: () => {
        if (wanted) onHead(methods[llhttp.llhttp_get_method(parser)]!);
        headers = [];
        return 0;
      },
      wasm_on_body: (_parser: number, at: number, size: number) => {
        length += chunk.subarray(at - memory, at - memory + size).length;
        return 0;
      },
      wasm_on_message_complete: () => {
        messages++;
        return 0;
      },
    },
  });
  const llhttp = instance.exports as unknown as Llhttp;
  const parser = llhttp.llhttp_alloc(TYPE.REQUEST);
  const memory = llhttp.malloc(MEMORY_BYTES);
  const view = new Uint8Array(llhttp.memory.buffer, memory, MEMORY_BYTES);
  const run = (bytes: Buffer): number => {
    messages = 0;
    chunk = bytes;
    view.set(bytes);
    const code = llhttp.llhttp_execute(parser, memory, bytes.length);
    if (code !== 0) throw new Error(`Cannot parse with llhttp: code ${code}`);
    return messages;
  };
  return {
    name: "llhttp, WebAssembly of undici",
    skip(bytes) {
      wanted = false;
      return run(bytes);
    },
    three(bytes, out) {
      wanted = true;
      onHead = (method) => {
        out[0] = method;
        out[1] = target;
        pickThree(headers, out);
      };
      return run(bytes);
    },
    everything(bytes, out) {
      wanted = true;
      onHead = () => {
        for (let index = 0; index < headers.length; index++) out.push(headers[index]!);
      };
      return run(bytes);
    },
    content(bytes) {
      wanted = false;
      length = 0;
      run(bytes);
      return length;
    },
  };
}
