/**
 * What a proxy says first of the connection that it passes on (the PROXY protocol of HAProxy, versions 1 and 2). A
 * header is short and comes before anything else, so it is read from the bytes that are there; "not yet" is an answer.
 */

/** Who is behind the proxy. */
export interface ProxiedClient {
  /** IP address as text. */
  readonly address: string;
  readonly port: number;
}

export type ProxyHeader =
  | { readonly kind: "incomplete" }
  | { readonly kind: "not-a-header" }
  /** It begins as a header does, and is none. */
  | { readonly kind: "malformed"; readonly reason: string }
  | {
      readonly kind: "header";
      /** In bytes; what the client sent follows. */
      readonly length: number;
      /** Absent when the proxy speaks for itself (a health check), or of what is no IP connection. */
      readonly client: ProxiedClient | undefined;
    };

// Version 1: "PROXY", then at most 107 bytes in all with the CRLF.
const TEXT_START = Buffer.from("PROXY ", "latin1");
const MOST_TEXT_BYTES = 107;
// Version 2: a signature that no text protocol begins with.
const SIGNATURE = Buffer.from("\r\n\r\n\0\r\nQUIT\n", "latin1");
const FIXED_BYTES = 16;
/** Room for addresses and the extensions that proxies add (a TLS certificate's name, say). */
const MOST_BINARY_BYTES = 4096;

const INCOMPLETE: ProxyHeader = { kind: "incomplete" };
const NOT_A_HEADER: ProxyHeader = { kind: "not-a-header" };

/** Reads a header of either version from the front of `bytes`, which may hold more. */
export function readProxyHeader(bytes: Uint8Array): ProxyHeader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (beginsLike(buffer, TEXT_START)) return buffer.length < TEXT_START.length ? INCOMPLETE : readText(buffer);
  if (!beginsLike(buffer, SIGNATURE)) return NOT_A_HEADER;
  return buffer.length < FIXED_BYTES ? INCOMPLETE : readBinary(buffer);
}

function beginsLike(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).equals(start.subarray(0, length));
}

function malformed(reason: string): ProxyHeader {
  return { kind: "malformed", reason };
}

function readText(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, MOST_TEXT_BYTES).indexOf("\r\n");
  if (end === -1) {
    return bytes.length < MOST_TEXT_BYTES ? INCOMPLETE : malformed(`its line is longer than ${MOST_TEXT_BYTES} bytes`);
  }
  const line = bytes.toString("latin1", TEXT_START.length, end);
  const length = end + 2;
  // The proxy does not know; whatever else stands in the line is to be ignored.
  if (line === "UNKNOWN" || line.startsWith("UNKNOWN ")) return { kind: "header", length, client: undefined };
  const [family, source = "", destination = "", sourcePort = "", destinationPort = "", ...rest] = line.split(" ");
  const version = family === "TCP4" ? 4 : family === "TCP6" ? 6 : undefined;
  if (version === undefined || rest.length > 0) return malformed("expected TCP4, TCP6 or UNKNOWN and four values");
  const { isIP } = process.getBuiltinModule("node:net");
  if (isIP(source) !== version || isIP(destination) !== version || source.includes("%")) {
    return malformed(`expected two addresses of IPv${version}`);
  }
  if (!isPort(sourcePort) || !isPort(destinationPort)) return malformed("expected two ports");
  return { kind: "header", length, client: { address: plainAddress(source), port: Number(sourcePort) } };
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

const LOCAL = 0x20;
const PROXY = 0x21;
const TCP4 = 0x11;
const TCP6 = 0x21;
/** By family and transport: how many bytes the addresses and ports of both ends have. */
const ADDRESS_BYTES: ReadonlyMap<number, number> = new Map([
  [TCP4, 12],
  [TCP6, 36],
]);

function readBinary(bytes: Buffer): ProxyHeader {
  const command = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const length = FIXED_BYTES + bytes.readUInt16BE(14);
  if (command !== LOCAL && command !== PROXY) return malformed("expected version 2 with the command LOCAL or PROXY");
  if (length > MOST_BINARY_BYTES) return malformed(`it is longer than ${MOST_BINARY_BYTES} bytes`);
  if (bytes.length < length) return INCOMPLETE;
  if (command === LOCAL) return { kind: "header", length, client: undefined };
  const addressBytes = ADDRESS_BYTES.get(family);
  // A datagram, a Unix socket, or what the proxy does not know: nobody that an address could name.
  if (addressBytes === undefined) return { kind: "header", length, client: undefined };
  if (length - FIXED_BYTES < addressBytes) return malformed(`expected ${addressBytes} bytes of addresses`);
  return { kind: "header", length, client: family === TCP4 ? clientOf4(bytes) : clientOf6(bytes) };
}

function clientOf4(bytes: Buffer): ProxiedClient {
  const address = bytes.subarray(FIXED_BYTES, FIXED_BYTES + 4).join(".");
  return { address, port: bytes.readUInt16BE(FIXED_BYTES + 8) };
}

function clientOf6(bytes: Buffer): ProxiedClient {
  const groups: string[] = [];
  for (let at = FIXED_BYTES; at < FIXED_BYTES + 16; at += 2) groups.push(bytes.readUInt16BE(at).toString(16));
  return { address: plainAddress(groups.join(":")), port: bytes.readUInt16BE(FIXED_BYTES + 32) };
}

/** One way of writing each address: that of `socket.remoteAddress`, since limits and rules compare them as text. */
function plainAddress(address: string): string {
  const { SocketAddress } = process.getBuiltinModule("node:net");
  if (!address.includes(":")) return address;
  return new SocketAddress({ address, family: "ipv6" }).address;
}
