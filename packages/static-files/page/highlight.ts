/**
 * Colours for source code of any language, roughly: comments, strings, numbers and common words. The text stays one
 * text node, and the browser paints ranges of it, so that no byte of a file ever becomes an element.
 */
// Beyond it, painting the ranges makes scrolling slow.
const MAX_CHARACTERS = 60_000;

const WORDS =
  "abstract|as|async|await|begin|break|case|catch|class|const|continue|def|default|del|do|elif|else|end|enum|export|extends|false|final|finally|fn|for|foreach|from|func|function|if|impl|implements|import|in|include|interface|is|let|local|loop|match|mod|module|mut|namespace|new|nil|none|not|null|package|private|protected|pub|public|raise|return|select|self|static|struct|super|switch|then|this|throw|trait|true|try|type|typeof|undefined|union|unless|until|use|using|var|void|when|where|while|with|yield";
const COMMENTS = {
  slashes: String.raw`//[^\n]*|/\*[^]*?(?:\*/|$)`,
  hash: String.raw`#[^\n]*`,
  dashes: String.raw`--[^\n]*`,
  markup: String.raw`<!--[^]*?(?:-->|$)`,
};
const HASH = /(?:^|\.)(?:bash|conf|dockerfile|ini|makefile|mk|nix|pl|ps1|py|pyi|r|rb|sh|toml|ya?ml|zsh)$/i;
const DASHES = /\.(?:hs|lua|sql)$/i;
const MARKUP = /\.(?:html?|md|svelte|vue|xml)$/i;
const KINDS = ["comment", "string", "number", "keyword"] as const;

/** Colours the text of a file with this name. */
export function highlight(text: Text, name: string): void {
  if (!("highlights" in CSS)) return;
  const comment = HASH.test(name) ? "hash" : DASHES.test(name) ? "dashes" : MARKUP.test(name) ? "markup" : "slashes";
  const token = new RegExp(
    `(${COMMENTS[comment]})|("(?:\\\\.|[^"\\\\\\n])*"|'(?:\\\\.|[^'\\\\\\n])*'|\`(?:\\\\.|[^\`\\\\])*\`)|\\b(\\d[\\w.]*)|(?<![.\\w$])(${WORDS})\\b`,
    "g",
  );
  const ranges = KINDS.map((): StaticRange[] => []);
  for (const match of text.data.slice(0, MAX_CHARACTERS).matchAll(token)) {
    const kind = match.slice(1).findIndex((group) => group !== undefined);
    const bounds = { startContainer: text, startOffset: match.index, endContainer: text };
    ranges[kind]?.push(new StaticRange({ ...bounds, endOffset: match.index + match[0].length }));
  }
  for (const [kind, name] of KINDS.entries()) CSS.highlights.set(name, new Highlight(...(ranges[kind] ?? [])));
}
