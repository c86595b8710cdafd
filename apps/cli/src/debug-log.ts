/** What `--debug` shows: each request's head as it was understood, and the head that was sent, secrets blanked out. */
import type { ConnectionEvent, Exchange } from "@tinyhttp/async-server";
import { showable } from "./safe-text.ts";
import { targetWithoutSecrets, withoutSecret } from "./secret-fields.ts";

/** Lines that begin with `>` came from the client, lines that begin with `<` went to it. */
export function debugLines(exchange: Exchange): string {
  const { request, version, responseHead, bytesSent, durationMs } = exchange;
  const lines = [`> ${showable(request.method)} ${showable(targetWithoutSecrets(request.target))} HTTP/${version}`];
  for (const [name, value] of request.headers) lines.push(`> ${fieldLine(name, value)}`);
  const [statusLine = "", ...fieldLines] = responseHead.trimEnd().split("\r\n");
  lines.push(`< ${showable(statusLine)}`);
  for (const line of fieldLines) {
    const colon = line.indexOf(":");
    lines.push(`< ${fieldLine(line.slice(0, colon), line.slice(colon + 1).trim())}`);
  }
  lines.push(`= ${bytesSent} bytes of content in ${durationMs.toFixed(1)} ms`, "");
  return lines.join("\n");
}

/** Why a connection was turned away or given up. `undefined` for what is not worth a line. */
export function debugLine(event: ConnectionEvent): string | undefined {
  const peer = showable(event.peer.address);
  if (event.kind === "refused") return `! ${peer} refused: too many ${event.reason.replaceAll("-", " ")}`;
  if (event.kind === "malformed")
    return `! ${peer} answered with ${event.error.status}: ${showable(event.error.message)}`;
  if (event.kind === "timed-out")
    return `! ${peer} given up: waited too long for ${event.waitedFor.replaceAll("-", " ")}`;
  return undefined;
}

function fieldLine(name: string, value: string): string {
  return `${showable(name)}: ${showable(withoutSecret(name, value))}`;
}
