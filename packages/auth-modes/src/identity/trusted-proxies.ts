import { type IpAddress, parseIpAddress } from "./ip-address.ts";

interface Network {
  readonly address: IpAddress;
  readonly bits: number;
}

/** Networks whose word about a client's address is taken. */
export class TrustedProxies {
  readonly #networks: readonly Network[];
  readonly #trustsUnixSocket: boolean;

  /**
   * @param networks Addresses (`10.0.0.1`), networks (`10.0.0.0/8`, `fd00::/8`) and `unix`, whoever is on a Unix socket.
   * @throws {TypeError} One of them is neither.
   */
  constructor(networks: readonly string[]) {
    this.#networks = networks.filter((network) => network !== "unix").map(parseNetwork);
    this.#trustsUnixSocket = networks.includes("unix");
  }

  get isEmpty(): boolean {
    return this.#networks.length === 0 && !this.#trustsUnixSocket;
  }

  /** @param text As in `Peer.address`: empty for a Unix socket. */
  has(text: string): boolean {
    if (text === "") return this.#trustsUnixSocket;
    const address = this.isEmpty ? undefined : parseIpAddress(text);
    return address !== undefined && this.#networks.some((network) => contains(network, address));
  }
}

function parseNetwork(text: string): Network {
  const [base = "", length, ...more] = text.split("/");
  const address = parseIpAddress(base);
  const width = base.includes(":") ? 128 : 32;
  const bits = length === undefined ? width : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (address === undefined || more.length > 0 || !(bits <= width)) {
    throw new TypeError(
      `Cannot trust the proxy ${JSON.stringify(text)}: expected an address, a network (10.0.0.0/8) or unix`,
    );
  }
  return { address, bits: bits + 128 - width };
}

function contains({ address: base, bits }: Network, address: IpAddress): boolean {
  for (let index = 0, left = bits; left > 0; index++, left -= 16) {
    const mask = left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff;
    if ((((base[index] ?? 0) ^ (address[index] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}
