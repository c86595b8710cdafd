import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  // Tests run from source: the scoped condition is what each package's `exports` offers for that.
  ssr: { resolve: { conditions: ["@tinyhttp/source"] } },
  test: {
    include: ["{packages,apps}/*/{src,test}/**/*.test.ts", "{bench,conformance,docs,examples}/{src,test}/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes at once, but on a busy machine that takes its time.
    expect: { poll: { timeout: 20_000 } },
    execArgv: ["--conditions=@tinyhttp/source"],
  },
});

export default config;
