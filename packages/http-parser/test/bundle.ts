/** The package as somebody's bundler sees it. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** @param source A module that imports from `./src/index.ts`. */
export async function bundled(
  source: string,
  options: { minify?: boolean; globalName?: string } = {},
): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    platform: "neutral",
    target: "es2022",
    format: options.globalName === undefined ? "esm" : "iife",
    minify: options.minify ?? false,
    ...(options.globalName === undefined ? {} : { globalName: options.globalName }),
  });
  return result.outputFiles[0]?.text ?? "";
}
