/**
 * The key by which a client's address is limited: an IPv4 address by itself, an IPv6 address by its /64 network, since
 * one customer holds at least that much (RFC 6177 §2). An IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2) is that
 * IPv4 address. Other texts, as of a Unix socket, are their own key.
 *
 * @param address In any textual form of RFC 4291 §2.2, with or without a zone.
 */
export function addressKey(address: string): string {
  if (!address.includes(":")) return address;
  const groups = parseGroups(address.split("%", 1)[0] ?? "");
  if (groups === undefined) return address;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  if ((a | b | c | d | e) === 0 && f === 0xffff) return `${g >> 8}.${g & 255}.${h >> 8}.${h & 255}`;
  return `${[a, b, c, d].map((group) => group.toString(16)).join(":")}::/64`;
}

function parseGroups(text: string): number[] | undefined {
  const [head = "", tail, ...rest] = text.split("::");
  if (rest.length > 0) return undefined;
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<number>(missing).fill(0), ...after];
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined;
}

function groupsOf(text: string): number[] {
  return text === ""
    ? []
    : text.split(":").flatMap((part) => (part.includes(".") ? ipv4Groups(part) : [hexGroup(part)]));
}

function hexGroup(text: string): number {
  return /^[\da-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : NaN;
}

function ipv4Groups(text: string): [number, number] {
  const bytes = text.split(".").map((part) => (/^\d{1,3}$/.test(part) && Number(part) < 256 ? Number(part) : NaN));
  const [a = NaN, b = NaN, c = NaN, d = NaN] = bytes;
  return bytes.length === 4 ? [a * 256 + b, c * 256 + d] : [NaN, NaN];
}
