/** Programs that the tests drive and that npm does not carry. Installed from Debian's packages where they are missing. */
import { existsSync } from "node:fs";
import { commandStep, type Outcome, runCommand, type Step } from "./step.ts";

interface SystemProgram {
  /** Debian's package. */
  readonly name: string;
  /** Present when any of these paths is. */
  readonly paths: readonly string[];
}

const PROGRAMS: readonly SystemProgram[] = [
  { name: "curl", paths: ["/usr/bin/curl"] },
  { name: "wget", paths: ["/usr/bin/wget"] },
  { name: "chromium", paths: ["/usr/bin/chromium"] },
  // A documentation tree of more than a thousand files: real input for the file server.
  { name: "python3-doc", paths: ["/usr/share/doc/python3-doc/html"] },
  { name: "python3", paths: ["/usr/bin/python3"] },
  { name: "unzip", paths: ["/usr/bin/unzip"] },
  { name: "openssl", paths: ["/usr/bin/openssl"] },
  // The store of rate limits that several machines share.
  { name: "redis-server", paths: ["/usr/bin/redis-server"] },
  // A terminal for a program that behaves differently on one.
  { name: "bsdutils", paths: ["/usr/bin/script"] },
];

export const systemPrograms: Step = {
  name: "system programs",
  run(): Outcome {
    const missing = PROGRAMS.filter((program) => !program.paths.some((path) => existsSync(path))).map(
      ({ name }) => name,
    );
    if (missing.length === 0) return { passed: 1, failed: 0, output: "" };
    const elevate = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
    runCommand("env", [...elevate, "apt-get", "update", "-qq"]);
    return commandStep(
      `install ${missing.join(" ")}`,
      "env",
      ...elevate,
      "DEBIAN_FRONTEND=noninteractive",
      "apt-get",
      "install",
      "-y",
      "-qq",
      "--no-install-recommends",
      ...missing,
    ).run();
  },
};
