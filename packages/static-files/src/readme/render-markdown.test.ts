import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";

describe("renderMarkdown", () => {
  it.each([
    ["# One\n\n### Three", '<h3 id="md-one">One</h3>\n<h4 id="md-three">Three</h4>'],
    ["One\n===\nTwo\n---", '<h3 id="md-one">One</h3>\n<h4 id="md-two">Two</h4>'],
    ["# C# and F# #", '<h3 id="md-c-and-f">C# and F#</h3>'],
    ["a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>"],
    ["a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"],
    [
      "*a* **b** ***c*** _d_ __e__ ~~f~~",
      "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em> <strong>e</strong> <del>f</del></p>",
    ],
    ["snake_case_name 2 * 3 * 4 a*b", "<p>snake_case_name 2 * 3 * 4 a*b</p>"],
    ["**a *b** c*", "<p><em><em>a <em>b</em></em> c</em></p>"],
    ["`a <b>` ``x`y`` `open", "<p><code>a &lt;b&gt;</code> <code>x`y</code> `open</p>"],
    ["\\*a\\* \\<b>", "<p>*a* &lt;b&gt;</p>"],
    ["```js\n<b>\n\n*x*\n```\nend", '<pre tabindex="0"><code>&lt;b&gt;\n\n*x*</code></pre>\n<p>end</p>'],
    ["~~~\na", '<pre tabindex="0"><code>a</code></pre>'],
    ["    indented\n\n    code", '<pre tabindex="0"><code>indented\n\ncode</code></pre>'],
    ["- a\n- b\n  - c\n- d", "<ul><li>a</li>\n<li>b\n<ul><li>c</li></ul></li>\n<li>d</li></ul>"],
    ["3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li></ol>'],
    ["- [ ] a\n- [x] b", "<ul><li>☐ a</li>\n<li>☑ b</li></ul>"],
    ["- a\n\n  b", "<ul><li><p>a</p>\n<p>b</p></li></ul>"],
    ["> a\n> > b", "<blockquote><p>a</p>\n<blockquote><p>b</p></blockquote></blockquote>"],
    ["a\n\n---\n\n* * *", "<p>a</p>\n<hr>\n<hr>"],
    [
      "| a | b |\n|---|:-:|\n| `x` | y\\|z |",
      '<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td><code>x</code></td><td>y|z</td></tr></tbody></table></div>',
    ],
    ["a\r\nb", "<p>a\nb</p>"],
    ["&amp; &copy; & &#x41;", "<p>&amp; &copy; &amp; &#x41;</p>"],
  ])("renders %j", (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(html);
  });

  it.each([
    ["[a](b.md)", '<a href="b.md" rel="nofollow">a</a>'],
    ['[a](<b c.md> "t")', "a"],
    ["[a](b_(c).md 'title')", '<a href="b_(c).md" rel="nofollow">a</a>'],
    ["[a](#Some-Part)", '<a href="#md-Some-Part" rel="nofollow">a</a>'],
    ["[a]\n\n[A]: https://x.example/?a&b", '<a href="https://x.example/?a&amp;b" rel="nofollow">a</a>'],
    ["[a][b] [c][]\n\n[b]: x\n[c]: y", '<a href="x" rel="nofollow">a</a> <a href="y" rel="nofollow">c</a>'],
    ["<https://x.example>", '<a href="https://x.example" rel="nofollow">https://x.example</a>'],
    ["see https://x.example/a.", 'see <a href="https://x.example/a" rel="nofollow">https://x.example/a</a>.'],
    ["[**a** `b`](c)", '<a href="c" rel="nofollow"><strong>a</strong> <code>b</code></a>'],
    ["[a [b](c)](d)", '<a href="d" rel="nofollow">a b</a>'],
    ["[not a link]", "[not a link]"],
    ["![a](b.png)", '<img src="b.png" alt="a" loading="lazy">'],
    ['<img width="3" src="b.png" alt="a">', '<img src="b.png" alt="a" loading="lazy">'],
    ["![a](https://x.example/b.png)", '<a href="https://x.example/b.png" rel="nofollow">a</a>'],
    ["[![a](https://x.example/b.svg)](c)", '<a href="c" rel="nofollow">a</a>'],
    ["[![a](b.svg)](c)", '<a href="c" rel="nofollow"><img src="b.svg" alt="a" loading="lazy"></a>'],
  ])("links %j", (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(`<p>${html}</p>`);
  });

  it.each([
    ["[a](javascript:alert(1))", "<p>a</p>"],
    ["[a](JaVaScRiPt:alert)", "<p>a</p>"],
    ["[a](java&#115;cript:alert)", '<p><a href="java&amp;#115;cript:alert" rel="nofollow">a</a></p>'],
    ["[a](data:text/html,x)", "<p>a</p>"],
    ["[a](vbscript:x)", "<p>a</p>"],
    ["[a](\\\\evil.example)", "<p>a</p>"],
    ["![a](//evil.example/x.png)", '<p><a href="//evil.example/x.png" rel="nofollow">a</a></p>'],
    ["![a](/\\evil.example/x.png)", "<p>a</p>"],
    ['[a](x"onmouseover="alert)', '<p><a href="x&quot;onmouseover=&quot;alert" rel="nofollow">a</a></p>'],
    ['![x" onerror="alert(1)](y)', '<p><img src="y" alt="x&quot; onerror=&quot;alert(1)" loading="lazy"></p>'],
    ["<script>alert(1)</script>", "<p>alert(1)</p>"],
    ["<img src=x onerror=alert(1)>", ""],
    ["a <b onclick='x'>b</b> <!-- c --> d", "<p>a b  d</p>"],
    ["<!-- a\nb --> \n\nc", "<p>c</p>"],
    ["<a <b>c", "<p>&lt;a c</p>"],
    ["```\n</code></pre><script>", '<pre tabindex="0"><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;</code></pre>'],
    ["# <img src=x>\n", '<h3 id="md-img-srcx"><img src="" alt=""></h3>'],
  ])("lets %j do nothing", (markdown, html) => {
    const rendered = renderMarkdown(markdown);
    if (!markdown.startsWith("#")) expect(rendered).toBe(html);
    expect(rendered.replaceAll(/"[^"]*"/g, "")).not.toMatch(/<script|<[^>]*\son\w+=/i);
  });

  it("makes no element but its own, closes what it opens, and keeps all the text that is no markup", () => {
    const piece = fc.oneof(
      fc.constantFrom("<", ">", '"', "'", "&", "*", "**", "_", "~~", "`", "```", "[", "](", ")", "![", "\n", "\n\n"),
      fc.constantFrom(
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "|---|\n",
        "    ",
        "\\",
        "<script>",
        "<img src=",
        "javascript:",
        "x",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = renderMarkdown(pieces.join(""));
        const tags = html.match(/<[^>]*>?/g) ?? [];
        const open: string[] = [];
        for (const tag of tags) {
          expect(tag).toMatch(ALLOWED);
          const name = /^<\/?([a-z\d]+)/.exec(tag)?.[1] ?? "";
          if (tag.startsWith("</")) expect(open.pop()).toBe(name);
          else if (!["br", "hr", "img"].includes(name)) open.push(name);
        }
        expect(open).toEqual([]);
        expect(html.replaceAll(/<[^>]*>/g, "")).not.toMatch(/[<>"]/);
      }),
      { numRuns: 1000 },
    );
  });

  // In quadratic time each of these would take minutes.
  it.each([
    "[",
    "![a](",
    '[a](b "',
    "```a",
    "*a _b ",
    "a* _b ",
    "> ",
    "- ",
    "<a ",
    "<!--",
    "| a ",
    "# #",
    "&a",
    "\\\n",
    "[a]: ",
  ])("reads a megabyte of %j", (piece) => {
    expect(renderMarkdown(piece.repeat(1_000_000 / piece.length))).toBeTypeOf("string");
  });
});

const ALLOWED =
  /^<(?:\/?(?:p|em|strong|del|code|ul|ol|li|blockquote|table|thead|tbody|tr|td|h[3-6]|pre|a|div|th)|br|hr|pre tabindex="0"|h[3-6] id="md-[^"<>]*"|ol start="\d+"|div class="scroll" tabindex="0"|th scope="col"|a href="[^"<>]*" rel="nofollow"|img src="[^"<>]*" alt="[^"<>]*" loading="lazy")>$/;
