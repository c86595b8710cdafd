/**
 * The style sheet of the listing page. It is sent inline, allowed by its hash, and draws its icons by itself.
 *
 * Rows are grids and each `tbody` is laid out only when it comes near the window: Chromium shows 100,000 rows in
 * 1.7 s like this, and needs more than 25 s to lay them out as one table.
 */
export const LISTING_STYLE: string = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #16181b);
  --ink: light-dark(#1d2126, #e4e7ea);
  --quiet: light-dark(#5b6470, #9aa4b0);
  --line: light-dark(#e4e7eb, #2b3036);
  --hover: light-dark(#f3f6f9, #1f2328);
  --link: light-dark(#0b57c2, #8ab8ff);
  --folder: light-dark(#d99a1c, #e3b04b);
}
* { box-sizing: border-box; }
body {
  max-width: 62rem;
  margin: 0 auto;
  padding: 1.5rem 1rem 3rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; border-radius: .25rem; }
ol { display: flex; flex-wrap: wrap; align-items: baseline; margin: 0 0 1rem; padding: 0 .5rem; list-style: none; font-size: 1.25rem; }
li { min-width: 0; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: isolate; }
li + li::before { content: "/" / ""; margin: 0 .45rem; color: var(--quiet); }
h1 { display: inline; margin: 0; font-size: inherit; font-weight: 650; }
table, thead, tbody { display: block; }
table { font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
thead { position: sticky; top: 0; background: var(--paper); z-index: 1; }
tbody { content-visibility: auto; contain-intrinsic-size: auto 5200px; }
tr { display: grid; grid-template-columns: 1fr 6.5rem 10rem; align-items: baseline; border-bottom: 1px solid var(--line); }
th, td { min-width: 0; padding: .45rem .5rem; text-align: start; font-weight: 400; }
td, thead th { color: var(--quiet); font-size: .875rem; white-space: nowrap; }
td, thead th + th { text-align: end; }
thead a { color: inherit; }
thead [aria-sort] { color: var(--ink); font-weight: 600; }
[aria-sort] a::after { margin-inline-start: .3em; content: "\\2193" / ""; }
[aria-sort="ascending"] a::after { content: "\\2191" / ""; }
tbody tr:hover { background: var(--hover); }
tbody th { position: relative; padding-inline-start: 2.2rem; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: isolate; }
tbody th > * { display: block; }
tbody span { color: var(--quiet); }
tbody th::before {
  position: absolute; inset-inline-start: .55rem; top: .72rem; width: 1rem; height: 1rem; content: "";
  background: var(--quiet); opacity: .55;
  clip-path: path("M3 1h6l4 4v10H3zM8.2 2.2H4.2v11.6h7.6V5.8H8.2z");
}
.d th::before { background: var(--folder); opacity: 1; clip-path: path("M1 4a1 1 0 0 1 1-1h4l1.6 2H14a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1z"); }
i { font-style: normal; }
footer { padding: .75rem .5rem; color: var(--quiet); font-size: .875rem; }
p { margin: 0; }
@media (max-width: 36rem) {
  body { padding: 1rem .25rem 2rem; }
  tr { grid-template-columns: 1fr 5rem 6.2rem; }
  i { display: none; }
}
@media print { thead { position: static; } tbody { content-visibility: visible; } }
`;

/** A folder, for the browser's tab: as a `data:` URL, since a listing must not ask the served directory for one. */
export const LISTING_ICON: string =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#d99a1c" d="M1 4a1 1 0 0 1 1-1h4l1.6 2H14a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1z"/></svg>',
  );
