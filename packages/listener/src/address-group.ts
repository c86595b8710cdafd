/**
 * Whose connections count together: an IPv4 address, or the /64 network of an IPv6 address, since one customer
 * holds at least that much (RFC 6177 §2). An IPv4 address that a dual-stack socket shows as `::ffff:a.b.c.d`
 * (RFC 4291 §2.5.5.2) is that IPv4 address.
 *
 * @param address As `socket.remoteAddress` gives it: shortest form, lower case.
 */
export function addressGroup(address: string): string {
  if (!address.includes(":")) return address;
  if (address.startsWith("::ffff:") && address.includes(".")) return address.slice("::ffff:".length);
  const [head = "", tail] = address.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    while (groups.length + after.length < 8) groups.push("0");
    groups.push(...after);
  }
  return groups.slice(0, 4).join(":");
}

/** Whether a group is of this machine: there, one address may be everybody's, who come through a proxy. */
export function isLoopbackGroup(group: string): boolean {
  // RFC 6890 §2.2.2: all of 127.0.0.0/8. The first half of ::1 is that of every address with few digits, none of
  // which is anybody's (RFC 4291 §2.5).
  return group.startsWith("127.") || group === "0:0:0:0";
}
