import { type RequestHead, RequestParser } from "@tinyhttp/http-parser";
import type { ParserSubject } from "./parser-subject.ts";

/** The parser of this repository, one instance for all messages as on a connection. */
export class TinyhttpSubject implements ParserSubject {
  readonly name = "@tinyhttp/http-parser";
  readonly #parser: RequestParser = new RequestParser();

  skip(bytes: Buffer): number {
    let messages = 0;
    const parser = this.#parser;
    parser.feed(bytes);
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
      if (event === "end") messages++;
    }
    return messages;
  }

  three(bytes: Buffer, out: (string | undefined)[]): number {
    let messages = 0;
    const parser = this.#parser;
    parser.feed(bytes);
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
      if (event === "head") pickThree(parser.head, out);
      else if (event === "end") messages++;
    }
    return messages;
  }

  everything(bytes: Buffer): readonly string[] {
    let flat: readonly string[] = [];
    const parser = this.#parser;
    parser.feed(bytes);
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
      if (event === "head") flat = parser.head.fields.flat();
    }
    return flat;
  }

  content(bytes: Buffer): number {
    let length = 0;
    const parser = this.#parser;
    parser.feed(bytes);
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
      if (event === "data") length += parser.data.length;
    }
    return length;
  }
}

function pickThree(head: RequestHead, out: (string | undefined)[]): void {
  out[0] = head.method;
  out[1] = head.target;
  out[2] = head.fields.get("host");
  out[3] = head.fields.get("user-agent");
  out[4] = head.fields.get("cookie");
}
