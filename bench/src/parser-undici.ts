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
const IGNORE = (): void => undefined;

export class UndiciSubject implements ParserSubject {
  readonly name = "llhttp, WebAssembly of undici";
  readonly #methods: string[] = [];
  readonly #llhttp: Llhttp;
  readonly #parser: number;
  readonly #start: number;
  readonly #memory: Uint8Array;
  #chunk: Buffer = Buffer.alloc(0);
  #messages = 0;
  #length = 0;
  #target = "";
  #headers: string[] = [];
  #wanted = false;
  #onHead: (method: string) => void = IGNORE;

  constructor() {
    for (const [name, number] of Object.entries(METHODS)) this.#methods[number] = name;
    const bytes = require("undici/lib/llhttp/llhttp_simd-wasm.js") as Buffer;
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    this.#llhttp = new WebAssembly.Instance(module, { env: this.#callbacks() }).exports as unknown as Llhttp;
    this.#parser = this.#llhttp.llhttp_alloc(TYPE.REQUEST);
    this.#start = this.#llhttp.malloc(MEMORY_BYTES);
    this.#memory = new Uint8Array(this.#llhttp.memory.buffer, this.#start, MEMORY_BYTES);
  }

  skip(bytes: Buffer): number {
    return this.#run(bytes, false, IGNORE);
  }

  three(bytes: Buffer, out: (string | undefined)[]): number {
    return this.#run(bytes, true, (method) => {
      out[0] = method;
      out[1] = this.#target;
      pickThree(this.#headers, out);
    });
  }

  everything(bytes: Buffer): readonly string[] {
    let flat: readonly string[] = [];
    this.#run(bytes, true, () => {
      flat = this.#headers;
    });
    return flat;
  }

  content(bytes: Buffer): number {
    this.#length = 0;
    this.#run(bytes, false, IGNORE);
    return this.#length;
  }

  #run(bytes: Buffer, wanted: boolean, onHead: (method: string) => void): number {
    this.#messages = 0;
    this.#chunk = bytes;
    this.#wanted = wanted;
    this.#onHead = onHead;
    this.#memory.set(bytes);
    const code = this.#llhttp.llhttp_execute(this.#parser, this.#start, bytes.length);
    if (code !== 0) throw new Error(`Cannot parse with llhttp: code ${code}`);
    return this.#messages;
  }

  #text(at: number, size: number): string {
    return this.#chunk.toString("latin1", at - this.#start, at - this.#start + size);
  }

  #callbacks(): WebAssembly.ModuleImports {
    const pushText = (_parser: number, at: number, size: number): number => {
      if (this.#wanted) this.#headers.push(this.#text(at, size));
      return 0;
    };
    return {
      wasm_on_message_begin: () => 0,
      wasm_on_status: () => 0,
      wasm_on_url: (_parser: number, at: number, size: number) => {
        if (this.#wanted) this.#target = this.#text(at, size);
        return 0;
      },
      wasm_on_header_field: pushText,
      wasm_on_header_value: pushText,
      wasm_on_headers_complete: () => {
        if (this.#wanted) this.#onHead(this.#methods[this.#llhttp.llhttp_get_method(this.#parser)]!);
        this.#headers = [];
        return 0;
      },
      wasm_on_body: (_parser: number, at: number, size: number) => {
        this.#length += this.#chunk.subarray(at - this.#start, at - this.#start + size).length;
        return 0;
      },
      wasm_on_message_complete: () => {
        this.#messages++;
        return 0;
      },
    };
  }
}
