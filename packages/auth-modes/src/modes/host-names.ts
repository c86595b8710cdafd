import { isLoopbackAddress } from "../identity/ip-address.ts";

// RFC 9110 §7.2: uri-host [ ":" port ].
const HOST = /^(\[[\da-f:.]+\]|[^\s:/?#@[\]\\]+)(?::\d*)?$/i;

/**
 * The name in a `Host` field value, in lower case, without port, brackets and the dot that may end a name. Empty when
 * the value has another form.
 */
export function hostNameOf(host: string): string {
  const name = HOST.exec(host)?.[1]?.toLowerCase() ?? "";
  if (name.startsWith("[")) return name.slice(1, -1);
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

/** Whether a name can only mean this machine: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || isLoopbackAddress(name);
}

/**
 * Names as {@link hostNameOf} gives them.
 *
 * @throws {TypeError} One of them is no name.
 */
export function hostNameSet(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.map((text) => {
      const name = hostNameOf(text);
      if (name !== "") return name;
      throw new TypeError(
        `Cannot answer for the host name ${JSON.stringify(text)}: expected a name such as "dev.example"`,
      );
    }),
  );
}
