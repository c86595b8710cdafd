/** The style sheet of the login page; sent inline, allowed by its hash. It looks like the listing that comes next. */
export const LOGIN_STYLE: string = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #16181b);
  --ink: light-dark(#1d2126, #e4e7ea);
  --quiet: light-dark(#5b6470, #9aa4b0);
  --line: light-dark(#8a94a0, #6b7480);
  --link: light-dark(#0b57c2, #8ab8ff);
  --on-link: light-dark(#fff, #10131a);
  --error: light-dark(#b3261e, #ffb4ab);
}
* { box-sizing: border-box; }
body { max-width: 26rem; margin: 0 auto; padding: 15vh 1rem 3rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 650; }
label { display: block; margin-bottom: .25rem; }
input { width: 100%; padding: .5rem .625rem; border: 1px solid var(--line); border-radius: .375rem; background: transparent; color: inherit; font: inherit; }
button { margin-top: 1rem; padding: .5rem 1rem; border: 0; border-radius: .375rem; background: var(--link); color: var(--on-link); font: inherit; font-weight: 600; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
p { margin: .5rem 0; color: var(--quiet); overflow-wrap: anywhere; }
[role=alert] { color: var(--error); }
`;
