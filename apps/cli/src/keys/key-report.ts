/** What a person is told about a key that was just made: the key, once, and what to do with it. */
import type { ApiKey, CreatedKey } from "@tinyhttp/auth-modes";
import { showable } from "../safe-text.ts";
import { dayOf } from "./key-table.ts";

// The port of a server that is told nothing else.
const DEFAULT_URL = "http://127.0.0.1:6789/";

export function keyReport({ key, text }: CreatedKey): string {
  const secret = text.reveal();
  return [
    `Key ${key.id}${holderOf(key)} allows to ${key.scopes.join(", ")} ${placesOf(key)}${endOf(key)}. It is shown this once:`,
    "",
    `  ${secret}`,
    "",
    "Serve with --mode unprivate, which asks for keys (add --tls-self-signed when it is for other machines), then:",
    "",
    `  curl -H "Authorization: Bearer ${secret}" ${DEFAULT_URL}`,
    "",
    `In a browser, open ${DEFAULT_URL} and give the key as the password, with any user name.`,
    `To end it: tinyhttp keys revoke ${key.id}`,
  ].join("\n");
}

function holderOf({ id, holder }: ApiKey): string {
  return holder === id ? "" : ` of ${showable(holder, 60)}`;
}

function placesOf({ prefixes }: ApiKey): string {
  return prefixes.includes("/")
    ? "everything"
    : `what is below ${prefixes.map((prefix) => showable(prefix)).join(", ")}`;
}

function endOf({ notBefore, expires }: ApiKey): string {
  const from = notBefore === undefined ? "" : ` from ${dayOf(notBefore)}`;
  return expires === undefined ? from : `${from} until ${dayOf(expires)}`;
}
