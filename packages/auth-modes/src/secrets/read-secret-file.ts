import { PrivateFileError, readPrivateFile } from "./private-file.ts";
import { Secret } from "./secret.ts";

// A secret is a line or a PEM block; more than this is the wrong file.
const MAX_BYTES = 65_536;

/**
 * Reads a secret from a file. White space at its end, such as the line feed that editors add, is not part of it.
 *
 * @throws {PrivateFileError} The file is missing, empty, larger than 64 KiB, not a regular file, not this user's, or
 *   open to others.
 */
export function readSecretFile(path: string): Secret {
  const text = readPrivateFile(path, MAX_BYTES).text.trimEnd();
  if (text === "") throw new PrivateFileError("not-readable", path, "it is empty; expected a secret");
  return new Secret(text);
}
