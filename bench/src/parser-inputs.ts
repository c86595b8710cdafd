/** The bytes that parsers are compared on. */
export interface ParserInput {
  readonly name: string;
  readonly bytes: Buffer;
  readonly messages: number;
}

const MINIMAL = ["GET / HTTP/1.1", "Host: localhost:8080", "", ""].join("\r\n");

const BROWSER = [
  "GET /docs/guide/index.html?utm_source=newsletter&lang=de HTTP/1.1",
  "Host: www.example.org",
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Accept-Language: de,en-US;q=0.7,en;q=0.3",
  "Accept-Encoding: gzip, deflate, br, zstd",
  "Connection: keep-alive",
  'Cookie: session="k7Qe9v0ZrT2mXwB4"; theme=dark; consent=analytics%3D0%26ads%3D0; cart=8f14e45fceea167a',
  "Upgrade-Insecure-Requests: 1",
  "Sec-Fetch-Dest: document",
  "Sec-Fetch-Mode: navigate",
  "Sec-Fetch-Site: same-origin",
  'If-None-Match: "66f1c2a0-5e3b"',
  "Priority: u=0, i",
  "",
  "",
].join("\r\n");

const PROXY = [
  "GET /api/v2/items?page=3 HTTP/1.1",
  "Host: origin.internal.example",
  "X-Request-Id: 5f2b7c1e-9a34-4d0c-8a77-2b9c1f0e6d35",
  "X-Real-Ip: 203.0.113.7",
  "X-Forwarded-For: 203.0.113.7, 198.51.100.23",
  "X-Forwarded-Host: api.example.org",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Port: 443",
  "Forwarded: for=203.0.113.7;proto=https;host=api.example.org",
  "Via: 1.1 edge-7 (proxy/2.4)",
  "Traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  "Tracestate: vendor=t61rcWkgMzE",
  "User-Agent: okhttp/4.12.0",
  "Accept: application/json",
  "Accept-Encoding: gzip",
  "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
  "Cache-Control: no-cache",
  "",
  "",
].join("\r\n");

const UPLOAD_HEAD = [
  "POST /upload HTTP/1.1",
  "Host: localhost:8080",
  "Content-Type: application/octet-stream",
  "Transfer-Encoding: chunked",
  "",
  "",
].join("\r\n");

/** 64 chunks of 1 KiB: what a client sends that reads a file in small pieces. */
const UPLOAD = UPLOAD_HEAD + `400\r\n${"x".repeat(1024)}\r\n`.repeat(64) + "0\r\n\r\n";

const PIPELINED = 16;

export const PARSER_INPUTS: readonly ParserInput[] = [
  { name: "minimal GET", bytes: Buffer.from(MINIMAL), messages: 1 },
  { name: "browser GET", bytes: Buffer.from(BROWSER), messages: 1 },
  { name: "proxy GET", bytes: Buffer.from(PROXY), messages: 1 },
  { name: "chunked upload", bytes: Buffer.from(UPLOAD), messages: 1 },
  { name: "pipelined batch", bytes: Buffer.from(MINIMAL.repeat(PIPELINED)), messages: PIPELINED },
];
