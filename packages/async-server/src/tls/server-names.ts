/**
 * Finds what belongs to a host name (RFC 6066 §3). Names are compared without case; `*.example.com` stands for one
 * label more (RFC 9525 §6.3). The first entry that names a host has it.
 */
export class ServerNames<Value> {
  readonly #exact = new Map<string, Value>();
  readonly #byParent = new Map<string, Value>();

  constructor(entries: Iterable<readonly [names: readonly string[], value: Value]>) {
    for (const [names, value] of entries) {
      for (const name of names) this.#add(name.toLowerCase(), value);
    }
  }

  get(name: string): Value | undefined {
    const wanted = name.toLowerCase();
    return this.#exact.get(wanted) ?? this.#byParent.get(wanted.slice(wanted.indexOf(".") + 1));
  }

  #add(name: string, value: Value): void {
    const isWildcard = name.startsWith("*.");
    const names = isWildcard ? this.#byParent : this.#exact;
    const key = isWildcard ? name.slice(2) : name;
    if (!names.has(key)) names.set(key, value);
  }
}
