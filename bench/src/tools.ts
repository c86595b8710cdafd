import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Debian keeps nginx in /usr/sbin, which is not on the PATH of an ordinary user. */
export const TOOL_ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${process.env["PATH"] ?? ""}:/usr/sbin`,
  NODE_ENV: "production",
  NO_UPDATE_CHECK: "1",
};

/** Where each side runs. One core each, so that neither takes time from the other. */
export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

/** @throws {Error} The machine cannot run the comparison; the message names what is missing and how to get it. */
export function requireTools(tools: readonly string[]): void {
  if (process.platform !== "linux") {
    throw new Error(`Cannot measure on ${process.platform}: CPU time is read from /proc, which needs Linux`);
  }
  if (availableParallelism() < 2) {
    throw new Error("Cannot measure on one core: the server and the load need a core each");
  }
  for (const tool of tools) {
    if (spawnSync(tool, ["-v"], { env: TOOL_ENVIRONMENT }).error === undefined) continue;
    throw new Error(`Cannot find "${tool}" on the PATH: install it with "apt-get install ${PACKAGE_OF[tool] ?? tool}"`);
  }
}

const PACKAGE_OF: Readonly<Record<string, string>> = {
  h2load: "nghttp2-client",
  nginx: "nginx-light",
  taskset: "util-linux",
};
