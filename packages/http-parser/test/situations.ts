/**
 * What the published suites of llhttp, http-parser-js and h11 ask of a parser, in bytes of our own, with what this one
 * makes of them; and neighbours of what it tells by words instead of bytes. The vectors of `conformance/` were there
 * while the parser was written; these were written behind it.
 */
export interface Situation {
  readonly about: string;
  readonly raw: string;
  /** Each message as `method target {field names} content`, and the refusal that follows, if one does. */
  readonly read: readonly string[];
}

const HOST = "Host: a.example\r\n";
const CHUNKED = `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`;

/** @param target Of a GET without other fields than Host. */
function get(target: string, host: string = "a.example"): string {
  return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
}

/** @param line Comes behind Host, and another field behind it. */
function withLine(line: string): string {
  return `GET / HTTP/1.1\r\n${HOST}${line}\r\nB: c\r\n\r\n`;
}

function post(fields: string, content: string): string {
  return `POST / HTTP/1.1\r\n${HOST}${fields}\r\n\r\n${content}`;
}

function situation(about: string, raw: string, ...read: string[]): Situation {
  return { about, raw, read };
}

export const REQUESTS: readonly Situation[] = [
  situation("quotes in a target", get('/say?"hi"=\\"there\\"'), 'GET /say?"hi"=\\"there\\" {Host} '),
  situation("a second question mark", get("/a?b=c?d"), "GET /a?b=c?d {Host} "),
  situation("a vertical bar", get("/a?b=|"), "GET /a?b=| {Host} "),
  situation("a query without a path", get("http://a.example?b=1"), "GET http://a.example?b=1 {Host} "),
  situation("port, then query", get("http://a.example:81?b", "a.example:81"), "GET http://a.example:81?b {Host} "),
  situation("user information", get("http://u%20:p!*$@a.example/"), "target-form-invalid at 11"),
  situation("a fragment", get("/a?b#c"), "target-invalid at 8"),
  situation("UTF-8", get("/\xce\xb4"), "target-invalid at 5"),
  situation("a space in a target", get("/a b"), "version-invalid at 7"),
  situation("an underscore in an authority", "CONNECT a_0.example:443 HTTP/1.0\r\n\r\n", "CONNECT a_0.example:443 {} "),
  situation("ICE", "GET / ICE/1.0\r\n\r\n", "version-invalid at 6"),
  situation("almost HTTP", "GET / IHTTP/1.0\r\n\r\n", "version-invalid at 6"),
  situation("HTTP and more", "GET / HTTPER/1.1\r\n\r\n", "version-invalid at 10"),
  situation("HTTP but for one bit", "GET / HTTQ/1.1\r\nHost: a\r\n\r\n", "version-invalid at 9"),
  situation("HTTP/1.1 but for one bit", "GET / HTTP/1.3\r\nHost: a\r\n\r\n", "version-unsupported at 6"),
  situation("RTSP", "PUT / RTSP/1.0\r\n\r\n", "version-invalid at 6"),
  situation("a version that nobody has", "GET / HTTP/5.6\r\n\r\n", "version-unsupported at 6"),
  situation("a method of RTSP", `ANNOUNCE /a HTTP/1.1\r\n${HOST}\r\n`, "ANNOUNCE /a {Host} "),
  situation("a method that goes on", `GETS / HTTP/1.1\r\n${HOST}\r\n`, "GETS / {Host} "),
  situation("a method but for one bit", `GEU / HTTP/1.1\r\n${HOST}\r\n`, "GEU / {Host} "),
  situation("a method in lower case", `get / HTTP/1.1\r\n${HOST}\r\n`, "get / {Host} "),
  situation("another word in the line", `HEAD /a HTTP/1.1 b\r\n${HOST}\r\n`, "version-invalid at 16"),
  situation("CR between fields", withLine("A: 1\rB: 2"), "bare-cr at 38"),
  situation("LF between fields", withLine("A: 1\nTransfer-Encoding: chunked"), "bare-lf at 37"),
  situation("CR behind an empty value", withLine("A:\rTransfer-Encoding: chunked"), "bare-cr at 36"),
  situation("LF behind an empty value", withLine("A:\nTransfer-Encoding: chunked"), "bare-lf at 35"),
  situation("CR before the end", `GET / HTTP/1.1\r\n${HOST}\rZGET /b: HTTP/1.1\r\n\r\n`, "bare-cr at 34"),
  situation("LF and no CR at all", "POST / HTTP/1.1\nHost: a\n\n", "bare-lf at 15"),
  situation("@ in a name", withLine("A@: 1"), "field-name-invalid at 34"),
  situation("a control character in a name", withLine("A\x01b: 1"), "field-name-invalid at 34"),
  situation("no name", withLine(": 1"), "field-name-invalid at 33"),
  situation("a name on two lines", withLine("Name\r\n : 1"), "field-name-invalid at 37"),
  situation("a name cut by CR and bytes", withLine("Connection\r\x1b5\xd5eep-Alive"), "bare-cr at 44"),
  situation("a name without colon", withLine("Name"), "field-name-invalid at 37"),
  situation("space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "obs-fold at 16"),
  situation("space before a length", withLine(" Content-Length: 38"), "obs-fold at 33"),
  situation("a value on three lines", withLine("A: b\r\n c\r\n\td"), "obs-fold at 39"),
  situation("a folded coding", post("Transfer-Encoding: chunked\r\n  abc", ""), "obs-fold at 62"),
  situation("spaces before the colon", withLine("A  : 1"), "field-name-space at 34"),
  situation("a tab before the colon", withLine("A\t: 1"), "field-name-space at 34"),
  situation("white space alone as a value", withLine("A: \t \t "), "GET / {Host,A=,B=c} "),
  situation("words of one letter as a value", withLine("A: b b b b "), "GET / {Host,A=b b b b,B=c} "),
  situation("every tchar in a name", withLine("!#$%&'*+-.^_`|~09az: 1"), "GET / {Host,!#$%&'*+-.^_`|~09az=1,B=c} "),
  situation(
    "names of Object",
    withLine("__proto__: 1\r\nconstructor: 2"),
    "GET / {Host,__proto__=1,constructor=2,B=c} ",
  ),
  situation("DEL in a value", withLine("A: b\x7f"), "field-value-invalid at 37"),
  situation("UTF-8 in a value", withLine("A: \xc3\xa4"), "GET / {Host,A=\xc3\xa4,B=c} "),
  situation("no fields in HTTP/1.0", "HEAD /a HTTP/1.0\r\n\r\n", "HEAD /a {} "),
  situation("no Host but its neighbours", "GET / HTTP/1.1\r\nHosT : a\r\n\r\n", "field-name-space at 20"),
  situation(
    "names that look like Host",
    "GET / HTTP/1.1\r\nHest: a\r\nHoot: a\r\nHos: a\r\nHosts: a\r\n\r\n",
    "host-missing at 54",
  ),
  situation("a space around a length", post("Content-Length:  5  ", "hello"), "POST / {Host,Content-Length=5} hello"),
  situation("a length in groups", post("Content-Length: 1 000", ""), "content-length-invalid at 50"),
  situation(
    "a length beyond 64 bits",
    post("Content-Length: 18446744073709551616", ""),
    "content-length-too-large at 50",
  ),
  situation("a length with a unit", post("Content-Length: 4B", ""), "content-length-invalid at 50"),
  situation("two lengths", post("Content-Length: 4\r\nContent-Length: 4", "abcd"), "content-length-repeated at 53"),
  situation("a name that goes on from a length", post("Content-Length-X: 9", ""), "POST / {Host,Content-Length-X=9} "),
  situation(
    "an empty coding and a length",
    post("Transfer-Encoding:\r\nContent-Length: 5", "hello"),
    "transfer-encoding-with-length at 34",
  ),
  situation(
    "three empty codings and a length",
    post("Content-Length: 5\r\nTransfer-Encoding:\r\nTransfer-Encoding:", ""),
    "transfer-encoding-with-length at 53",
  ),
  situation("a coding that nobody has", post("Transfer-Encoding: pigeons", ""), "transfer-coding-unsupported at 53"),
  situation(
    "chunked said twice in a word",
    post("Transfer-Encoding: chunkedchunked", ""),
    "transfer-coding-unsupported at 53",
  ),
  situation(
    "chunked, then another",
    post("Transfer-Encoding: chunked, deflate", ""),
    "transfer-encoding-invalid at 53",
  ),
  situation(
    "chunked, then another line",
    post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", ""),
    "transfer-encoding-invalid at 53",
  ),
  situation(
    "sizes in either case",
    `${CHUNKED}a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n`,
    "POST / {Host,Transfer-Encoding=chunked} 01234567890123456789",
  ),
  situation(
    "a last chunk of three zeros",
    `${CHUNKED}5\r\nhello\r\n000\r\n\r\n`,
    "POST / {Host,Transfer-Encoding=chunked} hello",
  ),
  situation(
    "trailers",
    `${CHUNKED}5\r\nhello\r\n0\r\nVary: *\r\nA: b\r\n\r\n`,
    "POST / {Host,Transfer-Encoding=chunked} hello {Vary=*,A=b}",
  ),
  situation(
    "extensions",
    `${CHUNKED}5;a;b=c;d=e\r\nhello\r\n0;f\r\n\r\n`,
    "POST / {Host,Transfer-Encoding=chunked} hello",
  ),
  situation(
    "quoted extensions",
    `${CHUNKED}5;a="b \\"c\\"; \\\\d\\\\";e="f"\r\nhello\r\n0\r\n\r\n`,
    "POST / {Host,Transfer-Encoding=chunked} hello",
  ),
  situation("an extension without semicolon", `${CHUNKED}2 abc\r\nxx\r\n0\r\n\r\n`, "chunk-extension-invalid at 66"),
  situation("a semicolon without extension", `${CHUNKED}2;\r\nxx\r\n0\r\n\r\n`, "chunk-extension-invalid at 66"),
  situation(
    "a quote that stays open",
    `${CHUNKED}5;a="b";c="d; e\r\nhello\r\n0\r\n\r\n`,
    "chunk-extension-invalid at 79",
  ),
  situation("white space behind a size", `${CHUNKED}5  \t \r\nhello\r\n0\r\n\r\n`, "chunk-extension-invalid at 69"),
  situation("a size of a hundred digits", `${CHUNKED}${"9".repeat(100)}\r\nx`, "chunk-size-too-large at 77"),
  situation("NUL behind a size", `${CHUNKED}10\0\r\nx`, "chunk-size-invalid at 66"),
  situation("data beyond its size", `${CHUNKED}3\r\nxxx__1a\r\n`, "chunk-data-invalid at 70"),
  situation("CR and no LF behind data", `${CHUNKED}3\r\nxxx\r_1a\r\n`, "chunk-data-invalid at 71"),
  situation("LF and no CR behind data", `${CHUNKED}3\r\nxxx_\n1a\r\n`, "chunk-data-invalid at 70"),
  situation(
    "a request behind close",
    `${withLine("Connection: close")}${get("/b")}`,
    "GET / {Host,Connection=close,B=c} ",
    "GET /b {Host} ",
  ),
  situation(
    "two requests, the second bad",
    `${get("/a")}GET /b\t HTTP/1.1\r\n`,
    "GET /a {Host} ",
    `target-invalid at ${get("/a").length + 6}`,
  ),
  situation(
    "an upgrade with content",
    post("Connection: upgrade\r\nUpgrade: x\r\nContent-Length: 2", "hi"),
    "POST / {Host,Connection=upgrade,Upgrade=x,Content-Length=2} hi",
  ),
  situation("empty lines between requests", `${get("/a")}\r\n\r\n${get("/b")}`, "GET /a {Host} ", "GET /b {Host} "),
];

const OK = "HTTP/1.1 200 OK\r\n";

/** Answers to GET; the connection closes behind them. */
export const RESPONSES: readonly Situation[] = [
  situation("a tab before a value", `${OK}A:\t b\r\nContent-Length: 0\r\n\r\n`, "200 OK {A=b,Content-Length=0} "),
  situation("no fields", "HTTP/1.1 404 Not Found\r\n\r\nabc", "404 Not Found {} abc"),
  situation("RTSP", "RTSP/1.1 200 OK\r\n\r\n", "version-invalid at 0"),
  situation("HTTP and more", "HTTPER/1.1 200 OK\r\n\r\n", "version-invalid at 4"),
  situation("HTTP but for one bit", "HTTQ/1.1 200 OK\r\n\r\n", "version-invalid at 3"),
  situation("no SP behind the status", "HTTP/1.1 301\r\n\r\n", "status-code-invalid at 12"),
  situation("an empty reason", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "200  {Content-Length=0} "),
  situation("LF and no CR", "HTTP/1.1 200 OK\nA: b\n\n", "bare-lf at 15"),
  situation("LF behind a field", `${OK}A: b\n\r\n`, "bare-lf at 21"),
  situation("NUL behind the reason", "HTTP/1.0 200 OK\0x\r\n\r\n", "reason-phrase-invalid at 15"),
  situation(
    "an empty value before another",
    "HTTP/1.0 301 Moved\r\nPragma: \r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    "301 Moved {Pragma=,Location=/b,Content-Length=0} ",
  ),
  situation(
    "names but for one letter",
    `${OK}.et-Cookie: a\r\n_onnection: b\r\nContent-Length: 0\r\n\r\n`,
    "200 OK {.et-Cookie=a,_onnection=b,Content-Length=0} ",
  ),
  situation(
    "white space behind a size",
    `${OK}Transfer-Encoding: chunked\r\n\r\n3  \r\nabc\r\n0\r\n\r\n`,
    "chunk-extension-invalid at 50",
  ),
  situation(
    "chunked, then another",
    `${OK}Transfer-Encoding: chunked, deflate\r\n\r\nabc`,
    "transfer-encoding-invalid at 36",
  ),
  situation(
    "chunked said twice in a word",
    `${OK}Transfer-Encoding: chunkedchunked\r\n\r\n`,
    "transfer-coding-unsupported at 36",
  ),
  situation(
    "content of one LF",
    `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n0\r\n\r\n`,
    "200 OK {Transfer-Encoding=chunked} \n",
  ),
  situation(
    "100, then the answer",
    `HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 2\r\n\r\nhi`,
    "100 Continue {} ",
    "200 OK {Content-Length=2} hi",
  ),
  situation(
    "204 with a length",
    "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
    "204 No Content {Content-Length=5} ",
  ),
  situation("content cut short", `${OK}Content-Length: 5\r\n\r\nabc`, "message-incomplete at 41"),
  situation(
    "a response that nobody asked for",
    `${OK}Content-Length: 0\r\n\r\n${OK}\r\n`,
    "200 OK {Content-Length=0} ",
    "response-unexpected at 38",
  ),
];
