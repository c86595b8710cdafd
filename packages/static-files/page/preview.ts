/**
 * A look into a file without leaving its folder. Nothing of a file is ever parsed as HTML: text is shown as text,
 * pictures in `img`, where neither HTML nor the script of an SVG runs, and PDF in the browser's own viewer.
 */
import { highlight } from "./highlight.ts";

// What is fetched of a text, and shown.
const MAX_TEXT_BYTES = 256 * 1024;
const TEXT_TYPE = /^(?:text\/|[^;]*[/+](?:javascript|json|xml|yaml|toml|sql|x-sh)\b)/i;

export class Preview {
  readonly #dialog: HTMLDialogElement = document.createElement("dialog");
  readonly #title: HTMLElement = element("h2", { id: "preview-title" });
  readonly #size: HTMLElement = element("span", { className: "quiet" });
  readonly #open: HTMLAnchorElement = tool("open", "Open");
  readonly #save: HTMLAnchorElement = tool("zip", "Download");
  readonly #stage: HTMLElement = element("section", {});
  readonly #neighbour: (row: Element, direction: 1 | -1) => Element | null;
  #row: Element | undefined;
  #loading: AbortController = new AbortController();

  /** @param neighbour The row before or after one; `null` where there is none. */
  constructor(neighbour: (row: Element, direction: 1 | -1) => Element | null) {
    this.#neighbour = neighbour;
    const dialog = this.#dialog;
    dialog.setAttribute("aria-labelledby", this.#title.id);
    const bar = document.createElement("div");
    bar.append(this.#title, this.#size, this.#open, this.#save);
    bar.append(
      button("‹", "Previous file", () => this.#step(-1)),
      button("›", "Next file", () => this.#step(1)),
      button("✕", "Close", () => dialog.close()),
    );
    dialog.append(bar, this.#stage);
    dialog.addEventListener("keydown", (event) => this.#onKey(event));
    dialog.addEventListener("close", () => this.#onClose());
    // A click on the backdrop has the dialog itself as its target.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
  }

  /** Shows the file of a row, if it is of a kind that can be shown. Whether it is. */
  show(row: Element): boolean {
    const link = row.querySelector<HTMLAnchorElement>("th a");
    const kind = kindOf(row);
    if (link === null || kind === undefined) return false;
    const name = link.textContent;
    this.#row = row;
    this.#clear();
    this.#title.textContent = name;
    this.#size.textContent = row.querySelector("data")?.textContent ?? "";
    this.#open.href = this.#save.href = link.href;
    this.#save.download = "";
    if (kind === "t" || kind === "c") void this.#showText(row, link.href, name, this.#loading.signal);
    else this.#stage.append(this.#player(kind, link.href, name));
    if (!this.#dialog.open) this.#dialog.showModal();
    return true;
  }

  #player(kind: string, href: string, name: string): HTMLElement {
    if (kind === "p") return element("iframe", { src: href, title: name });
    const onerror = (): void => this.#say("This browser cannot show it.");
    if (kind === "i") return element("img", { src: href, alt: name, onerror });
    const player = element(kind === "v" ? "video" : "audio", { src: href, controls: true, onerror });
    player.preload = "metadata";
    player.ariaLabel = name;
    return player;
  }

  async #showText(row: Element, href: string, name: string, signal: AbortSignal): Promise<void> {
    try {
      const text = await fetchText(row, href, signal);
      if (signal.aborted) return;
      const pre = element("pre", { textContent: text, tabIndex: 0 });
      pre.role = "region";
      pre.ariaLabel = name;
      this.#stage.replaceChildren(pre);
      const [node] = pre.childNodes;
      if (node instanceof Text && row.classList.contains("c")) highlight(node, name);
    } catch (error) {
      if (!signal.aborted) this.#say(error instanceof NoPreview ? error.message : "It cannot be loaded.");
    }
  }

  #say(text: string): void {
    this.#stage.replaceChildren(element("p", { textContent: text }));
  }

  #step(direction: 1 | -1): void {
    let row = this.#row ?? null;
    while (row !== null) {
      row = this.#neighbour(row, direction);
      if (row !== null && this.show(row)) return;
    }
  }

  #onKey(event: KeyboardEvent): void {
    // Players use these keys themselves.
    if (event.target instanceof HTMLMediaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowRight") this.#step(1);
    else if (event.key === "ArrowLeft") this.#step(-1);
    else if (event.key === " " && event.target === this.#dialog) this.#dialog.close();
  }

  #onClose(): void {
    this.#clear();
    this.#row?.querySelector<HTMLElement>("th a")?.focus();
  }

  #clear(): void {
    this.#loading.abort();
    this.#loading = new AbortController();
    // Before it is taken out, so that a player that goes on loading in the background stops.
    for (const player of this.#stage.querySelectorAll("video, audio")) player.removeAttribute("src");
    this.#stage.replaceChildren();
  }
}

class NoPreview extends Error {}

async function fetchText(row: Element, href: string, signal: AbortSignal): Promise<string> {
  const size = Number(row.querySelector("data")?.value ?? 0);
  // There is no range of nothing.
  if (size === 0) return "";
  const response = await fetch(href, { headers: { Range: `bytes=0-${MAX_TEXT_BYTES - 1}` }, signal });
  if (!response.ok) throw new NoPreview(`The server says ${response.status} ${response.statusText}.`);
  if (!TEXT_TYPE.test(response.headers.get("content-type") ?? "")) throw new NoPreview("It is not text.");
  const text = new TextDecoder().decode(await response.arrayBuffer());
  return size > MAX_TEXT_BYTES ? `${text}\n\n… the rest is not shown` : text;
}

/** The letter of its kind, of those that can be shown. */
function kindOf(row: Element): string | undefined {
  const kind = row.className;
  if (kind === "p") return navigator.pdfViewerEnabled ? kind : undefined;
  return /^[ivatc]$/.test(kind) ? kind : undefined;
}

function tool(icon: string, label: string): HTMLAnchorElement {
  const link = element("a", { className: `tool ${icon}`, title: label });
  link.append(element("span", { textContent: label }));
  return link;
}

function button(text: string, label: string, onclick: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", textContent: text, onclick });
  made.ariaLabel = label;
  return made;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
