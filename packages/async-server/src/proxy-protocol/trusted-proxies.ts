import type { BlockList } from "node:net";

/** Which proxies are believed when they say whom they speak for. */
export interface ProxyProtocolOptions {
  /**
   * Addresses and networks (`10.0.0.0/8`, `fd00::/8`, `192.0.2.7`), and `unix` for whoever connects to a Unix socket.
   * From these, every connection must begin with a PROXY header, of version 1 or 2; from others, none may.
   */
  readonly trusted: readonly string[];
}

const UNIX = "unix";

/**
 * Makes the question whether an address is one of a proxy that is believed.
 *
 * @returns A function of an address as `socket.remoteAddress` gives it, or an empty text for a Unix socket.
 * @throws {RangeError} An entry is neither an address nor a network.
 */
export function trustedProxies(trusted: readonly string[]): (address: string) => boolean {
  const { BlockList, isIP } = process.getBuiltinModule("node:net");
  const list = new BlockList();
  for (const entry of trusted) if (entry !== UNIX) addEntry(list, entry);
  const trustsUnix = trusted.includes(UNIX);
  return (address) => {
    if (address === "") return trustsUnix;
    return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  };
}

function addEntry(list: BlockList, entry: string): void {
  const { isIP } = process.getBuiltinModule("node:net");
  const [address = "", bits, ...rest] = entry.split("/");
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
  if (version === 0 || prefix > most || rest.length > 0) {
    throw new RangeError(
      `Cannot trust the proxy "${entry}": expected an IP address, a network such as 10.0.0.0/8, or unix`,
    );
  }
  list.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
}
