/** `tinyhttp sessions …`: which browsers are signed in, and the end of one, in the file that servers read. */
import { openSessionFile, type SessionStore } from "@tinyhttp/auth-modes";
import { configure } from "../configuration/configuration.ts";
import { defaultSessionFile } from "../directories.ts";
import { CannotRun } from "../failure.ts";
import type { GivenOptions, OptionName, Options } from "../options.ts";
import { showable } from "../safe-text.ts";
import { say, STDERR, STDOUT } from "../terminal.ts";
import { textTable } from "../text-table.ts";

const NAMES: readonly OptionName[] = ["session-file", "config", "json"];

export function listSessionsCommand(_: readonly string[], typed: GivenOptions): Promise<void> {
  return onSessionFile(typed, (store, file, { json }) => {
    const sessions = store.list(Date.now()).map(({ id, holder, keyId, created, seen }) => ({
      id,
      holder,
      keyId,
      created: new Date(created).toISOString(),
      seen: new Date(seen).toISOString(),
    }));
    if (json) say(STDOUT, JSON.stringify(sessions, undefined, 2));
    else if (sessions.length === 0) say(STDERR, `Nobody is signed in, says ${file}`);
    else {
      const rows = sessions.map(({ id, holder, keyId, created, seen }) => [
        id,
        showable(holder, 30),
        keyId,
        created,
        seen,
      ]);
      say(STDOUT, textTable(["ID", "HOLDER", "KEY", "SINCE", "LAST SEEN"], rows));
    }
  });
}

export function endSessionCommand([id = ""]: readonly string[], typed: GivenOptions): Promise<void> {
  return onSessionFile(typed, async (store) => {
    if (!(await store.end(id))) {
      throw new CannotRun(`Cannot find the session ${JSON.stringify(id)}: write an id that sessions list shows`);
    }
    say(STDERR, `Session ${id} has ended; its key still works`);
  });
}

async function onSessionFile(
  typed: GivenOptions,
  work: (store: SessionStore, file: string, options: Options) => void | Promise<void>,
): Promise<void> {
  const { options } = await configure(typed, NAMES, process.env);
  const file = options["session-file"] ?? defaultSessionFile(process.env);
  let store: SessionStore;
  try {
    store = openSessionFile(file);
  } catch (cause) {
    throw new CannotRun(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  await work(store, file, options);
}
