/** VitePress's own look, in this project's colour and with system fonts; the command stands beside the first words. */
import { Content } from "vitepress";
import theme, { VPHomeFeatures, VPHomeHero } from "vitepress/theme-without-fonts";
import { h } from "vue";
import "./style.css";

const Command = () => h("pre", { class: "first-command", tabindex: 0 }, [h("code", "npx @tinyhttp/cli ./site")]);

/** The layout `home` has no main landmark. */
const FirstPage = () =>
  h("main", { class: "first-page" }, [
    h(VPHomeHero, null, { "home-hero-info-after": Command }),
    h(VPHomeFeatures),
    h("div", { class: "vp-doc first-page-text" }, [h(Content)]),
  ]);

const NotFound = () =>
  h("main", { class: "vp-doc first-page-text" }, [
    h("h1", "There is no such page"),
    h("p", ["Perhaps the search above finds it, or ", h("a", { href: "/" }, "the first page"), " leads to it."]),
  ]);

export default {
  ...theme,
  Layout: () => h(theme.Layout, null, { "not-found": NotFound }),
  enhanceApp(context) {
    theme.enhanceApp?.(context);
    context.app.component("FirstPage", FirstPage);
  },
};
