import { defineConfig, type MarkdownRenderer, type UserConfig } from "vitepress";
import { packagePages } from "../scripts/pages.ts";

const apiPages = packagePages.filter(({ entries }) => entries.length > 0);

/** A heading that says nothing is no heading: of such a table, the corner is an empty cell. */
function emptyHeadingsAsCells(md: MarkdownRenderer): void {
  for (const rule of ["th_open", "th_close"] as const) {
    md.renderer.rules[rule] = (tokens, index, options, _, self) => {
      const token = tokens[index];
      const content = tokens[rule === "th_open" ? index + 1 : index - 1]?.content;
      if (token !== undefined && content === "") token.tag = "td";
      return self.renderToken(tokens, index, options);
    };
  }
}

const config: UserConfig = defineConfig({
  title: "tinyhttp",
  description: "A file server that is safe by default and fast, and the small HTTP packages that it is made of",
  lang: "en",
  srcDir: "dist/pages",
  outDir: "dist/site",
  cacheDir: "dist/cache",
  cleanUrls: true,
  // Every link is checked, but those to the repository's own listing, which only exists once it is served.
  ignoreDeadLinks: [/^\/files\//, /^https?:\/\/127\.0\.0\.1/],
  // The workspace's tsconfig is for a newer compiler than the bundler has.
  vite: { esbuild: { target: "es2022", tsconfigRaw: {} }, build: { chunkSizeWarningLimit: 2000 } },
  head: [["link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }]],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config: emptyHeadingsAsCells,
  },
  themeConfig: {
    logo: "/favicon.svg",
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Quick start", link: "/quick-start" },
      { text: "Options", link: "/options" },
      { text: "Packages", link: "/packages/" },
      { text: "Parser in your browser", link: "/try-the-parser" },
    ],
    sidebar: [
      {
        text: "Serve",
        items: [
          { text: "What it is", link: "/about" },
          { text: "Quick start", link: "/quick-start" },
          { text: "The three modes", link: "/modes" },
          { text: "Every option", link: "/options" },
          { text: "How fast it is", link: "/speed" },
          { text: "Beside other servers", link: "/compared" },
        ],
      },
      {
        text: "Build",
        items: [
          { text: "Recipes", link: "/recipes" },
          { text: "Architecture", link: "/architecture" },
          { text: "RFC coverage", link: "/rfc-coverage" },
          { text: "Parser in your browser", link: "/try-the-parser" },
        ],
      },
      { text: "Packages", items: packagePages.map(({ name }) => ({ text: name, link: `/packages/${name}` })) },
      {
        text: "Every export",
        items: apiPages.map(({ name }) => ({ text: name, link: `/api/${name}/` })),
      },
      {
        text: "Project",
        items: [
          { text: "Decisions", link: "/decisions/" },
          { text: "Security", link: "/security" },
          { text: "Contributing", link: "/contributing" },
        ],
      },
    ],
    footer: { message: "MIT licence" },
  },
});

export default config;
