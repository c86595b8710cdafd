import { explainSyntaxError, isHttpSyntaxError, RequestParser } from "./http-parser/index.js";

const message = document.querySelector("textarea");
const output = document.querySelector("output");

/** One line per event, and one for what is wrong. */
function* meaningOf(bytes) {
  const parser = new RequestParser();
  parser.feed(bytes);
  try {
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
      if (event === "head") {
        const { method, target, fields } = parser.head;
        yield `head    ${method} ${target}`;
        for (const [name, value] of fields) yield `        ${name}: ${value}`;
      } else if (event === "data") yield `data    ${parser.data.length} bytes`;
      else yield "end     the message is complete";
    }
    if (parser.midMessage) yield "…       more bytes are needed";
  } catch (error) {
    if (!isHttpSyntaxError(error)) throw error;
    yield `${error.status}     ${explainSyntaxError(error)}`;
  }
}

function show() {
  const bytes = new TextEncoder().encode(message.value.replaceAll("\n", "\r\n"));
  output.textContent = [...meaningOf(bytes)].join("\n");
}

message.addEventListener("input", show);
show();
