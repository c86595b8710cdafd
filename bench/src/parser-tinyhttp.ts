import { RequestParser } from "@tinyhttp/http-parser";
import type { ParserSubject } from "./parser-subject.ts";

/** The parser of this repository, one instance for all messages as on a connection. */
export function tinyhttpParser(): ParserSubject {
  const parser = new RequestParser();
  return {
    name: "@tinyhttp/http-parser",
    skip(bytes) {
      let messages = 0;
      parser.feed(bytes);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "end") messages++;
      }
      return messages;
    },
    three(bytes, out) {
      let messages = 0;
      parser.feed(bytes);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "head") {
          const { head } = parser;
          out[0] = head.method;
          out[1] = head.target;
          out[2] = head.fields.get("host");
          out[3] = head.fields.get("user-agent");
          out[4] = head.fields.get("cookie");
        } else if (event === "end") messages++;
      }
      return messages;
    },
    everything(bytes, out) {
      let messages = 0;
      parser.feed(bytes);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "head") {
          const { fields } = parser.head;
          for (let index = 0; index < fields.size; index++) out.push(fields.nameAt(index), fields.valueAt(index));
        } else if (event === "end") messages++;
      }
      return messages;
    },
    content(bytes) {
      let length = 0;
      parser.feed(bytes);
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "data") length += parser.data.length;
      }
      return length;
    },
  };
}
