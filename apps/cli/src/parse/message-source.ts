/** The two parsers, so that who reads messages need not know which of the kinds it reads. */
import { RequestParser, ResponseParser } from "@tinyhttp/http-parser";
import { requestHeadReport, responseHeadReport, type HeadReport } from "./head-report.ts";
import type { MessageKind } from "./message-kind.ts";

export interface MessageSource {
  readonly kind: MessageKind;
  readonly parser: RequestParser | ResponseParser;
  /** Call once for each head, when the parser has read it. */
  readonly takeHead: () => HeadReport;
}

/** What a response answers when nothing is said about its request. */
const DEFAULT_METHOD = "GET";

export function requestSource(): MessageSource {
  const parser = new RequestParser();
  return { kind: "request", parser, takeHead: () => requestHeadReport(parser.head) };
}

/** @param requestMethods Of the requests that the responses answer, in order; those behind the last are GET. */
export function responseSource(requestMethods: readonly string[]): MessageSource {
  const parser = new ResponseParser();
  let answered = 0;
  const requestMethod = (): string => requestMethods[answered] ?? DEFAULT_METHOD;
  parser.expect(requestMethod());
  return {
    kind: "response",
    parser,
    takeHead: () => {
      const head = responseHeadReport(parser.head, requestMethod());
      if (!head.interim) {
        answered++;
        parser.expect(requestMethod());
      }
      return head;
    },
  };
}
