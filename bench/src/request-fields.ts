import { get, type IncomingMessage } from "node:http";
import type { Work } from "./works.ts";

/** What each request of a work says beside its target, as `name: value`. A server's own validator is asked for. */
export async function requestFields({ load, fileName, sizeBytes }: Work, port: number): Promise<string[]> {
  if (load.kind === "range") return [`Range: bytes=${sizeBytes}-${2 * sizeBytes - 1}`];
  if (load.kind !== "conditional") return [];
  const { headers } = await ask(`http://127.0.0.1:${port}/${fileName}`);
  if (headers.etag === undefined) throw new Error("Cannot ask whether a file was modified: the server gave it no ETag");
  return [`If-None-Match: ${headers.etag}`];
}

async function ask(url: string): Promise<IncomingMessage> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on("error", reject);
  });
  return message.resume();
}
