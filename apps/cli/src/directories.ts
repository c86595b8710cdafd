/** Where this program keeps what it has to remember (XDG Base Directory Specification). */
import { join } from "node:path";
import type { Environment } from "./terminal.ts";

/** What people set, and may want to back up: keys. */
function configDirectory(env: Environment): string {
  return join(directory(env["XDG_CONFIG_HOME"], env["APPDATA"], ".config"), "tinyhttp");
}

/** What can be made again: certificates of its own. A service gets a directory of its own from systemd (`StateDirectory=`). */
export function stateDirectory(env: Environment): string {
  const [ofService = ""] = (env["STATE_DIRECTORY"] ?? "").split(":");
  if (ofService !== "") return ofService;
  return join(directory(env["XDG_STATE_HOME"], env["LOCALAPPDATA"], join(".local", "state")), "tinyhttp");
}

/** Where keys are when nobody says where. */
export function defaultKeyFile(env: Environment): string {
  return join(configDirectory(env), "keys.json");
}

/** Where browsers' sessions are when nobody says where. */
export function defaultSessionFile(env: Environment): string {
  return join(stateDirectory(env), "sessions.json");
}

function directory(xdg: string | undefined, windows: string | undefined, fallback: string): string {
  // The specification: a path that is not absolute is to be ignored.
  if (xdg !== undefined && xdg.startsWith("/")) return xdg;
  return process.platform === "win32" && windows !== undefined
    ? windows
    : join(process.getBuiltinModule("node:os").homedir(), fallback);
}
