// An `import` of node:net reads each of its exports, and so loads what some are made of: 2 ms of a start.
const { isIP } = process.getBuiltinModule("node:net");

/** An address as 8 groups of 16 bits; an IPv4 address in its IPv4-mapped form (RFC 4291 §2.5.5.2). */
export type IpAddress = readonly number[];

const MAPPED: readonly number[] = [0, 0, 0, 0, 0, 0xffff];

/** Reads an IPv4 or IPv6 address. A zone (`%eth0`) is not part of the address. `undefined` when it is neither. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const version = isIP(text);
  if (version === 4) return [...MAPPED, ...ipv4Groups(text)];
  if (version === 0) return undefined;
  const zone = text.indexOf("%");
  const [head = "", tail] = (zone === -1 ? text : text.slice(0, zone)).split("::");
  const first = ipv6Groups(head);
  if (tail === undefined) return first;
  const last = ipv6Groups(tail);
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** The text of an address, IPv4 where it is one. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseIpAddress(text);
  if (address === undefined) return undefined;
  if (isIP(text) === 6 && isMapped(address)) {
    const [high = 0, low = 0] = address.slice(6);
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  return text;
}

/** Whether an address is this machine's own: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(text: string): boolean {
  if (text === "127.0.0.1" || text === "::1") return true;
  const address = parseIpAddress(text);
  if (address === undefined) return false;
  if (isMapped(address)) return (address[6] ?? 0) >> 8 === 127;
  return address.every((group, index) => group === (index === 7 ? 1 : 0));
}

function isMapped(address: IpAddress): boolean {
  return MAPPED.every((group, index) => address[index] === group);
}

function ipv4Groups(text: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}

function ipv6Groups(text: string): readonly number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => (group.includes(".") ? ipv4Groups(group) : [Number.parseInt(group, 16)]));
}
