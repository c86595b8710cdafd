import { describe, expect, it } from "vitest";
import { persistenceOf } from "../../test/read-text.ts";

describe("explainPersistence", () => {
  it.each([
    ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", true, "HTTP/1.1"],
    ["GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: Close\r\n\r\n", false, "Connection: close"],
    ["GET / HTTP/1.0\r\n\r\n", false, "HTTP/1.0 without Connection: keep-alive"],
    ["GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true, "HTTP/1.0 with Connection: keep-alive"],
    ["GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", false, "Connection: close"],
    ["HTTP/1.1 200 OK\r\n\r\nabc", false, "the content ends with the connection"],
    ["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc", false, "Connection: close"],
  ])("says why the connection behind %j persists or not (RFC 9112 §9.3)", (text, keepAlive, reason) => {
    expect(persistenceOf(text)).toEqual({ keepAlive, reason });
  });
});
