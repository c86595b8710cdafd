import { describe, expect, it } from "vitest";
import { readProxyHeader } from "./proxy-header.ts";

const SIGNATURE = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

function binary(command: number, family: number, addresses: readonly number[], length = addresses.length): Uint8Array {
  return Uint8Array.from([...SIGNATURE, command, family, length >> 8, length & 0xff, ...addresses]);
}

const IPV4 = [192, 0, 2, 7, 10, 0, 0, 1, 0xdc, 0x04, 0x01, 0xbb];
const IPV6 = Array.from(Buffer.from("20010db8000000000000000000000001fd000000000000000000000000000002dc0401bb", "hex"));

const HEADERS: readonly (readonly [name: string, bytes: Uint8Array, client: unknown])[] = [
  ["v1 over IPv4", latin1("PROXY TCP4 192.0.2.7 10.0.0.1 56324 443\r\n"), { address: "192.0.2.7", port: 56_324 }],
  [
    "v1 over IPv6",
    latin1("PROXY TCP6 2001:DB8:0:0::1 fd00::2 56324 443\r\n"),
    { address: "2001:db8::1", port: 56_324 },
  ],
  ["v1 of an unknown client", latin1("PROXY UNKNOWN\r\n"), undefined],
  ["v1 of an unknown client, with more", latin1("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n"), undefined],
  ["v2 over IPv4", binary(0x21, 0x11, IPV4), { address: "192.0.2.7", port: 56_324 }],
  ["v2 over IPv6", binary(0x21, 0x21, IPV6), { address: "2001:db8::1", port: 56_324 }],
  ["v2 with extensions", binary(0x21, 0x11, [...IPV4, 0x20, 0, 3, 1, 2, 3]), { address: "192.0.2.7", port: 56_324 }],
  ["v2 of the proxy itself", binary(0x20, 0x00, []), undefined],
  ["v2 of the proxy itself, with addresses", binary(0x20, 0x11, IPV4), undefined],
  [
    "v2 of a Unix socket",
    binary(
      0x21,
      0x31,
      Array.from({ length: 216 }, () => 0),
    ),
    undefined,
  ],
  ["v2 of a datagram", binary(0x21, 0x12, IPV4), undefined],
];

describe("readProxyHeader", () => {
  it.each(HEADERS)("reads %s", (_name, bytes, client) => {
    expect(readProxyHeader(bytes)).toEqual({ kind: "header", length: bytes.length, client });
  });

  it.each(HEADERS)("says not yet of every beginning of %s", (_name, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(readProxyHeader(bytes.subarray(0, length))).toEqual({ kind: "incomplete" });
    }
  });

  it.each(HEADERS)("leaves what comes behind %s", (_name, bytes) => {
    const more = Buffer.concat([bytes, latin1("PROXY TCP4 GET / HTTP/1.1\r\n\r\n")]);
    expect(readProxyHeader(more)).toMatchObject({ kind: "header", length: bytes.length });
  });

  it.each([
    ["a request", latin1("GET / HTTP/1.1\r\n")],
    ["the method PROXYX", latin1("PROXYX / HTTP/1.1\r\n")],
    ["a handshake", Uint8Array.of(0x16, 3, 1)],
    ["empty lines and a request", latin1("\r\n\r\nGET ")],
  ])("finds no header in %s", (_name, bytes) => {
    expect(readProxyHeader(bytes)).toEqual({ kind: "not-a-header" });
  });

  it.each([
    "PROXY tcp4 192.0.2.7 10.0.0.1 1 2\r\n",
    "PROXY TCP4 192.0.2.7 10.0.0.1 1\r\n",
    "PROXY TCP4 192.0.2.7 10.0.0.1 1 2 3\r\n",
    "PROXY TCP4  192.0.2.7 10.0.0.1 1 2\r\n",
    "PROXY TCP4 192.0.2.256 10.0.0.1 1 2\r\n",
    "PROXY TCP4 192.0.2.07 10.0.0.1 1 2\r\n",
    "PROXY TCP4 ::1 ::1 1 2\r\n",
    "PROXY TCP6 192.0.2.7 10.0.0.1 1 2\r\n",
    "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n",
    "PROXY TCP4 192.0.2.7 10.0.0.1 65536 2\r\n",
    "PROXY TCP4 192.0.2.7 10.0.0.1 01 2\r\n",
    "PROXY TCP4 192.0.2.7 10.0.0.1 -1 2\r\n",
    "PROXY TCP4 192.0.2.7 10.0.0.1 1 2\n\r\n",
    "PROXY UNKNOWNX\r\n",
    "PROXY \r\n",
    `PROXY UNKNOWN ${"a".repeat(100)}`,
  ])("refuses %j", (text) => {
    expect(readProxyHeader(latin1(text))).toMatchObject({ kind: "malformed" });
  });

  it.each([
    ["version 1 in the form of version 2", binary(0x11, 0x11, IPV4)],
    ["an unknown command", binary(0x22, 0x11, IPV4)],
    ["too few bytes for the addresses", binary(0x21, 0x11, IPV4.slice(1))],
    ["no addresses of IPv6", binary(0x21, 0x21, IPV4)],
    ["more bytes than anybody needs", binary(0x21, 0x11, IPV4, 65_535)],
  ])("refuses %s", (_name, bytes) => {
    expect(readProxyHeader(bytes)).toMatchObject({ kind: "malformed" });
  });
});
