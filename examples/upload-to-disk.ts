/**
 * PUT a file, GET it back. What arrives is written beside its place and takes it only when it is complete, so nobody
 * ever reads half a file, and a broken upload leaves nothing behind.
 */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createAsyncServer } from "@tinyhttp/async-server";
import { byMethod, type Handler, HttpError } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";

const folder = process.env["FOLDER"] ?? (await mkdtemp(join(tmpdir(), "uploads-")));
const MAX_BYTES = 1024 ** 3;
// One plain name, no folder: `path` is decoded and normalised, so what is tested here is what is opened below.
const NAME = /^\/([\w][\w .-]{0,99})$/;

const save: Handler = async ({ path, body }) => {
  const name = NAME.exec(path)?.[1];
  if (name === undefined) throw new HttpError(400, "bad-name", "Name the file with letters, digits, space, . - and _");
  const unfinished = join(folder, `.${randomUUID()}.part`);
  try {
    await pipeline(body, createWriteStream(unfinished, { flags: "wx", mode: 0o600, flush: true }));
    await rename(unfinished, join(folder, name));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { status: 201, headers: { location: encodeURI(path) } };
};

// Shown as data: what somebody uploads never runs as a page of this site.
const files = staticFiles(folder, { listing: true, untrusted: true });
const server = createAsyncServer(byMethod({ GET: files, PUT: save }), { maxBodyBytes: MAX_BYTES });
const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
console.log(url);
