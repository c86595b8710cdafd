import { describe, expect, it } from "vitest";
import { eventsOf, headOf, parserAtHead, refusalOf } from "../test/read.ts";
import { toBytes, toText } from "../test/vectors.ts";
import { RequestParser } from "./request-parser.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

function expecting(version: string, value: string, length: number): string {
  return `POST / ${version}\r\nHost: a\r\nContent-Length: ${length}\r\nExpect: ${value}\r\n\r\n`;
}

describe("RequestParser", () => {
  it("reads requests one after another from one chunk (RFC 9112 §9.3.2)", () => {
    expect(eventsOf(new RequestParser(), `${POST}hello${GET}${GET}`)).toEqual([
      "head",
      "data:hello",
      "end",
      "head",
      "end",
      "head",
      "end",
    ]);
  });

  it("hands out content as it comes", () => {
    expect(eventsOf(new RequestParser(), POST, "he", "llo", GET)).toEqual([
      "head",
      "data:he",
      "data:llo",
      "end",
      "head",
      "end",
    ]);
  });

  it("hands out views of the chunk", () => {
    const parser = parserAtHead(`${POST}he`);
    parser.next();
    expect(toText(parser.data)).toBe("he");
    parser.next();
    const chunk = toBytes("llo");
    parser.feed(chunk);
    expect(parser.next()).toBe("data");
    expect([toText(parser.data), parser.data.buffer]).toEqual(["llo", chunk.buffer]);
  });

  it("skips empty lines before a request line, and not many (RFC 9112 §2.2)", () => {
    expect(eventsOf(new RequestParser(), `\r\n\r\n${GET}\r`, `\n${GET}`)).toEqual(["head", "end", "head", "end"]);
    expect(refusalOf("\r\n".repeat(9) + GET)).toBe("too-many-empty-lines at 16");
    expect(refusalOf(`\n${GET}`)).toBe("bare-lf at 0");
    expect(refusalOf(`\r${GET}`)).toBe("bare-cr at 1");
  });

  it("takes bytes only when it has said that it needs them", () => {
    const parser = new RequestParser();
    parser.feed(new Uint8Array(0));
    parser.feed(toBytes(GET));
    expect(() => parser.feed(toBytes(GET))).toThrow(
      new TypeError('Cannot feed the parser: expected next() to have said "need-data", and no finish()'),
    );
    expect([parser.next(), parser.next(), parser.next(), parser.next()]).toEqual([
      "head",
      "end",
      "need-data",
      "need-data",
    ]);
    parser.feed(toBytes(GET));
    expect(parser.next()).toBe("head");
  });

  it("throws the same error for ever", () => {
    const parser = new RequestParser();
    parser.feed(toBytes("\0"));
    let first: unknown;
    try {
      parser.next();
    } catch (error) {
      first = error;
    }
    expect(first).toMatchObject({ code: "method-invalid", offset: 0 });
    for (const call of [() => parser.next(), () => parser.next(), () => parser.finish()]) {
      try {
        call();
        expect.unreachable();
      } catch (error) {
        expect(error).toBe(first);
      }
    }
  });

  it("counts offsets from the first byte of the connection", () => {
    expect(eventsOf(new RequestParser(), GET, `${POST}hello`, "\r\n", "GET \0").at(-1)).toBe(
      `target-invalid at ${GET.length + POST.length + 5 + 2 + 4}`,
    );
  });

  it("keeps the head of a request whose content is still coming, when the chunk is overwritten", () => {
    const parser = new RequestParser();
    const chunk = toBytes(`${POST}he`);
    parser.feed(chunk);
    expect([parser.next(), parser.next(), parser.next()]).toEqual(["head", "data", "need-data"]);
    chunk.fill(0);
    expect([parser.head.method, parser.head.target, parser.head.fields.get("host")]).toEqual(["POST", "/", "a"]);
  });

  it("refers to nothing of the caller's after retain()", () => {
    const chunk = toBytes(`${POST}hello${GET}`);
    const parser = new RequestParser();
    parser.feed(chunk);
    parser.next();
    parser.retain();
    chunk.fill(0);
    expect(parser.head.fields.get("host")).toBe("a");
    expect([parser.next(), toText(parser.data), parser.next(), parser.next(), parser.head.method]).toEqual([
      "data",
      "hello",
      "end",
      "head",
      "GET",
    ]);
  });

  it("counts offsets right after retain()", () => {
    const parser = parserAtHead(`${GET}GET \0`);
    parser.retain();
    parser.next();
    expect(() => parser.next()).toThrow(expect.objectContaining({ offset: GET.length + 4 }));
  });

  it("gives a head away for ever with takeHead()", () => {
    const chunk = toBytes(GET + GET.replace("/", "/2").replace("Host", "X: 1\r\nHost"));
    const parser = new RequestParser();
    parser.feed(chunk);
    parser.next();
    const first = parser.takeHead();
    parser.next();
    parser.next();
    expect(parser.head.target).toBe("/2");
    chunk.fill(0);
    parserAtHead(GET.replace("a", "other"));
    expect([first.method, first.target, first.fields.flat()]).toEqual(["GET", "/", ["Host", "a"]]);
  });

  it("has no head to give away before it has read one, nor behind the end", () => {
    const parser = new RequestParser();
    const wanted = new TypeError('Cannot take the head: expected next() to have said "head"');
    expect(() => parser.takeHead()).toThrow(wanted);
    eventsOf(parser, "GET / HTTP/1.1\r\nHo");
    expect(() => parser.takeHead()).toThrow(wanted);
    expect(eventsOf(parser, "st: a\r\n\r\n")).toEqual(["head", "end"]);
    expect(() => parser.takeHead()).toThrow(wanted);
  });

  it("still gives a head away when the content behind it turns out to be bad", () => {
    const parser = parserAtHead("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n!");
    expect(() => parser.next()).toThrow(expect.objectContaining({ code: "chunk-size-invalid" }));
    expect(parser.takeHead().fields.get("host")).toBe("a");
  });

  it("gives an empty head away when the head has been taken", () => {
    const parser = parserAtHead(GET + GET);
    expect(parser.takeHead().fields.size).toBe(1);
    expect(parser.takeHead().fields.size).toBe(0);
    expect([parser.next(), parser.next(), parser.head.fields.get("host")]).toEqual(["end", "head", "a"]);
  });

  it("leaves the bytes behind a request untouched in unread() (RFC 9110 §7.8)", () => {
    const upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    const parser = parserAtHead(`${upgrade}\x81\x05hello`);
    expect(parser.head.upgrade).toBe(true);
    expect(parser.next()).toBe("end");
    expect(toText(parser.unread())).toBe("\x81\x05hello");
  });

  it("says whether a request is unfinished, and refuses the end of the connection then (RFC 9112 §8)", () => {
    const parser = new RequestParser();
    const states = [parser.midMessage];
    for (const chunk of [
      "\r\n",
      "GET",
      " / HTTP/1.1\r\nHost: a\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n",
      "a",
    ]) {
      parser.feed(toBytes(chunk));
      while (parser.next() !== "need-data");
      states.push(parser.midMessage);
    }
    expect(states).toEqual([false, false, true, false, true, true]);
    expect(() => parser.finish()).toThrow(expect.objectContaining({ code: "message-incomplete", status: 400 }));
  });

  it("accepts the end of the connection between requests, and no bytes after it", () => {
    const parser = new RequestParser();
    eventsOf(parser, GET);
    parser.finish();
    expect(parser.next()).toBe("need-data");
    expect(() => parser.feed(toBytes(GET))).toThrow(TypeError);
  });

  it.each([
    ["HTTP/1.1", "", true],
    ["HTTP/1.1", "close", false],
    ["HTTP/1.1", "x, CLOSE ,y", false],
    ["HTTP/1.1", "keep-alive, close", false],
    ["HTTP/1.1", "closed", true],
    ["HTTP/1.0", "", false],
    ["HTTP/1.0", "Keep-Alive", true],
    ["HTTP/1.0", "keep-alive\r\nConnection: close", false],
    ["HTTP/1.0", ", ,keep-alive", true],
  ])(
    "decides in %s with Connection %j whether the connection persists (RFC 9112 §9.3)",
    (version, value, keepAlive) => {
      expect(headOf(`GET / ${version}\r\nHost: a\r\nConnection: ${value}\r\n\r\n`).keepAlive).toBe(keepAlive);
    },
  );

  it("takes Upgrade only with the option, in HTTP/1.1 (RFC 9110 §7.8)", () => {
    const fields = "Host: a\r\nUpgrade: x\r\n";
    expect(headOf(`GET / HTTP/1.1\r\n${fields}\r\n`).upgrade).toBe(false);
    expect(headOf(`GET / HTTP/1.1\r\n${fields}Connection: x, upgrade\r\n\r\n`).upgrade).toBe(true);
    expect(headOf(`GET / HTTP/1.0\r\n${fields}Connection: upgrade\r\n\r\n`).upgrade).toBe(false);
  });

  it("knows one expectation (RFC 9110 §10.1.1)", () => {
    expect(headOf(expecting("HTTP/1.1", "100-Continue", 1)).expectsContinue).toBe(true);
    expect(headOf(expecting("HTTP/1.1", "100-continue", 0)).expectsContinue).toBe(false);
    expect(headOf(expecting("HTTP/1.0", "100-continue", 1)).expectsContinue).toBe(false);
    expect(headOf(expecting("HTTP/1.0", "teapot", 1)).expectsContinue).toBe(false);
    expect(refusalOf(expecting("HTTP/1.1", "teapot", 1))).toBe("expectation-unsupported at 53");
  });
});
