/** A message's head as plain values, which stay when the parser has gone on. */
import type { FieldSection, RequestHead, ResponseHead } from "@tinyhttp/http-parser";
import { requestFraming, responseFraming, type Framing } from "./framing-explanation.ts";
import { explainPersistence, type Persistence } from "./persistence-explanation.ts";

/** Names as sent, one character per byte. */
export type FieldPairs = readonly (readonly [name: string, value: string])[];

interface CommonHead {
  readonly version: "1.0" | "1.1";
  readonly fields: FieldPairs;
  readonly framing: Framing;
  readonly persistence: Persistence;
  /** Of a request: an upgrade is offered. Of a response: what follows is another protocol's. */
  readonly upgrade: boolean;
}

export interface RequestHeadReport extends CommonHead {
  readonly kind: "request";
  readonly method: string;
  readonly target: string;
  readonly expectsContinue: boolean;
}

export interface ResponseHeadReport extends CommonHead {
  readonly kind: "response";
  readonly status: number;
  readonly reasonPhrase: string;
  /** Of the request that it was read as an answer to. */
  readonly requestMethod: string;
  readonly interim: boolean;
}

export type HeadReport = RequestHeadReport | ResponseHeadReport;

export function requestHeadReport(head: RequestHead): RequestHeadReport {
  return {
    kind: "request",
    method: head.method,
    target: head.target,
    version: `1.${head.versionMinor}`,
    fields: fieldPairs(head.fields),
    framing: requestFraming(head),
    persistence: explainPersistence(head),
    expectsContinue: head.expectsContinue,
    upgrade: head.upgrade,
  };
}

export function responseHeadReport(head: ResponseHead, requestMethod: string): ResponseHeadReport {
  return {
    kind: "response",
    status: head.status,
    reasonPhrase: head.reasonPhrase,
    version: `1.${head.versionMinor}`,
    fields: fieldPairs(head.fields),
    framing: responseFraming(head, requestMethod),
    persistence: explainPersistence(head),
    requestMethod,
    interim: head.interim,
    upgrade: head.upgrade,
  };
}

export function fieldPairs(fields: FieldSection): FieldPairs {
  return [...fields];
}
