import { describe, expect, it } from "vitest";
import { reportsOf } from "../../test/read-text.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const CHUNKED = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

describe("MessageReporter", () => {
  it.each([[Infinity], [7], [1]])("says where messages begin and end, read %d bytes at a time", (pieceBytes) => {
    const reports = reportsOf(`\r\n${GET}${CHUNKED}5;a=b\r\nhello\r\n0\r\nSum: 1\r\n\r\n\r\n${GET}`, [], pieceBytes);
    expect(reports).toMatchObject([
      { kind: "request", number: 1, begin: 2, end: 29, bodyLength: 0, trailers: [] },
      { kind: "request", number: 2, begin: 29, end: 113, bodyLength: 5, trailers: [["Sum", "1"]] },
      { kind: "request", number: 3, begin: 115, end: 142, bodyLength: 0, trailers: [] },
    ]);
  });

  it("reads each response as the answer to its request, interim ones as answers to none", () => {
    const text = "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\n\r\nrest";
    expect(reportsOf(text, ["HEAD"])).toMatchObject([
      { number: 1, head: { status: 103, interim: true, requestMethod: "HEAD" }, bodyLength: 0 },
      { number: 2, head: { status: 200, interim: false, requestMethod: "HEAD" }, bodyLength: 0 },
      { number: 3, head: { status: 200, requestMethod: "GET" }, bodyLength: 4, end: text.length },
    ]);
  });

  it.each([[Infinity], [1]])("leaves what follows an upgrade alone, read %d bytes at a time", (pieceBytes) => {
    const upgrade = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
    expect(reportsOf(`${upgrade}\n\0 HTTP`, [], pieceBytes)).toMatchObject([
      { kind: "response", end: upgrade.length },
      { kind: "other-protocol", begin: upgrade.length, end: upgrade.length + 7 },
    ]);
    expect(reportsOf(upgrade, [], pieceBytes)).toHaveLength(1);
  });

  it.each([[Infinity], [1]])("ends with the byte that is wrong, read %d bytes at a time", (pieceBytes) => {
    const [first, second, ...others] = reportsOf(`${GET}\r\nGET / HTTP/1.1\r\nHost : a\r\n\r\n${GET}`, [], pieceBytes);
    expect(first).toMatchObject({ number: 1, end: 27 });
    expect(second).toMatchObject({ number: 2, begin: 29, fault: { error: { code: "field-name-space", offset: 49 } } });
    expect(second).not.toHaveProperty("head");
    expect(second).not.toHaveProperty("end");
    expect(others).toEqual([]);
  });

  it("shows the head of a message whose content is wrong", () => {
    const [report] = reportsOf(`${CHUNKED}3\r\nabcd`);
    expect(report).toMatchObject({
      begin: 0,
      head: { method: "POST" },
      bodyLength: 3,
      fault: { error: { code: "chunk-data-invalid", offset: CHUNKED.length + 6 } },
    });
  });

  it.each([
    ["", "a message"],
    ["\r\n\r\n", "a message"],
    ["\r", "the LF of an empty line"],
    ["HTTP", "the rest of the start line, and the fields behind it"],
    ["GET / HT", "the rest of the start line, and the fields behind it"],
    ["GET / HTTP/1.1\r\nHost", "the rest of the fields, and the empty line that ends them"],
    ["POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", "6 of 9 bytes of the body"],
    [`${CHUNKED}3\r\nabc\r\n`, "the rest of the chunks, up to the empty line behind the last one (0)"],
    ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", "1 of 1 bytes of the body"],
  ])("says what is missing of %j (RFC 9112 §8)", (text, missing) => {
    for (const pieceBytes of [Infinity, 1]) {
      const fault = { error: { code: "message-incomplete", offset: text.length }, missing };
      expect(reportsOf(text, [], pieceBytes)).toMatchObject([{ number: 1, fault }]);
    }
  });
});
