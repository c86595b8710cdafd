import { spawn } from "node:child_process";

/**
 * The program that opens a URL in the person's browser, and its arguments: started as it is, with no shell that
 * could read the URL as a command.
 */
export function browserCommand(url: string, platform: NodeJS.Platform): readonly [program: string, ...args: string[]] {
  if (platform === "darwin") return ["open", url];
  // `start` exists only inside cmd.exe.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return ["xdg-open", url];
}

/** @param onFailure Told when no browser could be started; serving goes on. */
export function openBrowser(url: string, onFailure: (sentence: string) => void): void {
  const [program, ...args] = browserCommand(url, process.platform);
  const child = spawn(program, args, { detached: true, stdio: "ignore", shell: false });
  child.once("error", () => {
    onFailure(`Cannot open a browser: ${program} does not start; open ${url} by hand`);
  });
  child.unref();
}
