const { isIP, isIPv4 } = process.getBuiltinModule("node:net");

/** Whether only programs on this machine can reach a listener bound to `host`. */
export function isLoopback(host: string): boolean {
  const address = host.toLowerCase().replace(/^::ffff:/, "");
  if (isIPv4(address)) return address.startsWith("127.");
  if (isIP(host) === 6) return /^(?:0{0,4}:){2,7}0{0,3}1$/.test(host.toLowerCase());
  return address === "localhost" || address.endsWith(".localhost");
}

/** Whether `host` stands for every address of this machine. */
export function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || (isIP(host) === 6 && /^[0:]+$/.test(host));
}
