/** Whether a server does what a work asks for: what it answers to a request of it, byte for byte. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requestFields } from "./request-fields.ts";
import { type Answer, answerOf, assertSameAnswer, readAnswer } from "./same-answer.ts";
import type { ServerProcess } from "./server-process.ts";
import type { ServedSite } from "./servers/server.ts";
import type { Work } from "./works.ts";

/** @throws {Error} The server does something else; the message names the first difference. */
export async function assertSameWork(
  { name, port, origin, fields: own }: ServerProcess,
  work: Work,
  site: ServedSite,
): Promise<void> {
  const fields = [...own, ...(await requestFields(work, port))];
  for (const path of pathsOf(work)) {
    const actual = await readAnswer(`${origin}${path}`, fields);
    assertSameAnswer(name, path, actual, expectedAnswer(work, readFileSync(join(site.root, path)), actual));
  }
}

function pathsOf({ fileName, load }: Work): string[] {
  if (load.kind !== "random") return [`/${fileName}`];
  return [0, Math.floor(load.files / 2), load.files - 1].map((index) => `/${fileName}/${index}.txt`);
}

function expectedAnswer({ load, sizeBytes }: Work, content: Uint8Array, actual: Answer): Answer {
  if (load.kind === "range") return { ...answerOf(content.subarray(sizeBytes, 2 * sizeBytes)), status: 206 };
  if (load.kind !== "conditional") return answerOf(content);
  // RFC 9110 §15.4.5: whether a 304 gives the length of what it does not send is its own affair.
  return { ...answerOf(new Uint8Array()), status: 304, contentLength: actual.contentLength };
}
