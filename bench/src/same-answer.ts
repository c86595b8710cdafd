import { createHash } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { get as getSecurely } from "node:https";

export interface Answer {
  readonly status: number | undefined;
  readonly contentLength: string | undefined;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Asks as the load does: GET, no Accept-Encoding.
 *
 * @param fields What the request says beside its target, as `name: value`.
 */
export async function readAnswer(url: string, fields: readonly string[] = []): Promise<Answer> {
  const headers = Object.fromEntries(fields.map((field) => field.split(": ", 2)));
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const secure = { agent: false, headers, rejectUnauthorized: false } as const;
    const request = url.startsWith("https:") ? getSecurely(url, secure, resolve) : get(url, secure, resolve);
    request.on("error", reject);
  });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  const contentLength = message.headers["content-length"];
  return { status: message.statusCode, contentLength, sizeBytes, sha256: hash.digest("hex") };
}

/** The one right answer: all of the file, framed by its length. */
export function answerOf(content: Uint8Array): Answer {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { status: 200, contentLength: String(content.length), sizeBytes: content.length, sha256 };
}

/** @throws {Error} Servers that do different work must not be compared; the message names the first difference. */
export function assertSameAnswer(server: string, path: string, actual: Answer, expected: Answer): void {
  for (const part of ["status", "contentLength", "sizeBytes", "sha256"] as const) {
    if (actual[part] === expected[part]) continue;
    throw new Error(
      `Cannot compare ${server}: it answers "${path}" with ${part} "${actual[part]}", expected "${expected[part]}"`,
    );
  }
}
