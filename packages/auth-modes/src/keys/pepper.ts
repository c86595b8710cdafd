/** The secret under which keys are digested: without it, a copy of the key file cannot even be used to check guesses. */
import { randomBytes } from "node:crypto";
import { link, rm, writeFile } from "node:fs/promises";
import { isErrno, PrivateFileError } from "../secrets/private-file.ts";
import { readSecretFile } from "../secrets/read-secret-file.ts";
import type { Secret } from "../secrets/secret.ts";
import { KeyFileError } from "./key-file-error.ts";

/** Where the pepper of a key file is, unless it is given. */
function pepperPath(keyFile: string): string {
  return `${keyFile}.pepper`;
}

/** @throws {KeyFileError} `pepper-missing`. @throws {PrivateFileError} */
export function readPepper(keyFile: string): Secret {
  const path = pepperPath(keyFile);
  try {
    return readSecretFile(path);
  } catch (cause) {
    if (!(cause instanceof PrivateFileError) || cause.code !== "not-found") throw cause;
    throw new KeyFileError(
      "pepper-missing",
      `Cannot check keys without ${path}: restore it together with the key file, or delete both and create new keys`,
      { cause },
    );
  }
}

/** Makes the pepper of a new key file. One that is there already stays. */
export async function createPepper(keyFile: string): Promise<void> {
  const path = pepperPath(keyFile);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  await writeFile(temporary, `${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: 0o600, flush: true });
  try {
    await link(temporary, path);
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}
