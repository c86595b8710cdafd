import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpRequest } from "@tinyhttp/handler";
import { describe, expect, it } from "vitest";
import { staticFiles } from "../src/index.ts";
import { ask, fakeRequest, readAnswer, type Answer } from "./fake-request.ts";
import { openDescriptors, settle, temporarySite } from "./temporary-site.ts";

function whoMayNot(refused: string): HttpRequest["principal"] {
  return { kind: "key", id: "k", address: "", may: (action, path) => `${action} ${path}` !== refused };
}

const ON = { listing: true } as const;

async function askAs(refused: string, target: string, root: string): Promise<Answer> {
  const request = fakeRequest(target);
  request.principal = whoMayNot(refused);
  return readAnswer(await staticFiles(root, { ...ON, basePath: "/b" })(request));
}

describe("a listing for someone who may not list", () => {
  it("is answered like a directory that is not there", async () => {
    const root = temporarySite({ "d/a": "", "404.html": "gone" });
    const before = openDescriptors();
    const [refused, absent] = [await askAs("list /b/d/", "/b/d/", root), await askAs("", "/b/x/", root)];
    expect([refused.status, refused.text, [...refused.headers]]).toEqual([
      absent.status,
      absent.text,
      [...absent.headers],
    ]);
    expect((await askAs("list /b/", "/b/d/", root)).status).toBe(200);
    expect((await askAs("list /b/d/", "/b/d/a", root)).status).toBe(200);
    await settle();
    expect(openDescriptors()).toBe(before);
  });

  it("shows no README to someone who may not read it, and loads the page's parts from where they may", async () => {
    const root = temporarySite({ "d/README.md": "# hello" });
    expect((await askAs("", "/b/d/", root)).text).toContain("hello</h3>");
    expect((await askAs("read /b/d/README.md", "/b/d/", root)).text).not.toContain("hello");
    expect((await askAs("", "/b/d/", root)).text).toContain('src="../.tinyhttp/listing.js');
    expect((await askAs("read /b/.tinyhttp/listing.js", "/b/d/", root)).text).toContain('src=".tinyhttp/listing.js');
  });
});

describe("what the page loads", () => {
  it("is there for ever under its address, and not without listings", async () => {
    const root = temporarySite({ "d/a": "" });
    const page = await ask(staticFiles(root, ON), "/d/");
    const [, href = ""] = /<script src="([^"]*)"/.exec(page.text) ?? [];
    const target = new URL(href, "http://x/d/").href.slice("http://x".length);
    const script = await ask(staticFiles(root, ON), target);
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await ask(staticFiles(root, ON), "/a/.tinyhttp/listing.css?v=0")).headers.get("cache-control")).toBe(
      "no-cache",
    );
    expect((await ask(staticFiles(root), target)).status).toBe(404);
    expect((await ask(staticFiles(root, { ...ON, dotfiles: "served" }), "/.tinyhttp/x")).status).toBe(404);
  });

  it("is compressed once for those who accept it", async () => {
    const handler = staticFiles(temporarySite(), ON);
    const plain = await ask(handler, "/.tinyhttp/listing.js");
    const headers = { "Accept-Encoding": "br" };
    const coded = await ask(handler, "/.tinyhttp/listing.js", { headers });
    expect([coded.headers.get("content-encoding"), coded.headers.get("vary")]).toEqual(["br", "Accept-Encoding"]);
    expect(coded.bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect((await ask(handler, "/.tinyhttp/listing.js", { headers })).bytes).toEqual(coded.bytes);
  });
});

describe("a file that no path can name", () => {
  const names: readonly (string | Buffer)[] = [
    "new\nline.txt",
    "back\\slash.txt",
    "\u001b[31m.txt",
    Buffer.from("bad\xff.txt", "latin1"),
  ];

  it.each(names)("%j is had by the link of the listing", async (name) => {
    const root = temporarySite({ "d/a": "" });
    writeFileSync(Buffer.concat([Buffer.from(join(root, "d/")), Buffer.from(name)]), "content of it");
    const handler = staticFiles(root, ON);
    const [, href = ""] = /href="(\?file=[^"]*)"/.exec((await ask(handler, "/d/")).text) ?? [];
    const before = openDescriptors();
    const answer = await ask(handler, `/d/${href}`);
    expect(answer).toMatchObject({ status: 200, text: "content of it" });
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(/^inline; filename="[^"]*\.txt"/);
    expect((await ask(handler, `/d/${href}`, { headers: { Range: "bytes=0-6" } })).text).toBe("content");
    // Closing is a trip to the thread pool.
    await settle();
    expect(openDescriptors()).toBe(before);
  });

  it.each([
    ["/d/?file=a", "text/html; charset=utf-8"],
    ["/d/?file=absent%0A", "404"],
    ["/d/?file=..%2F%0A", "text/html; charset=utf-8"],
    ["/d/?file=.hidden%0A", "404"],
    ["/d/?file=link%0A", "404"],
    ["/d/?file=folder%0A", "404"],
  ])("%s is no way around the rules: %s", async (target, expected) => {
    const root = temporarySite({ "d/a": "", "d/.hidden\n": "", "d/folder\n/x": "" });
    symlinkSync("/etc/passwd", join(root, "d/link\n"));
    const before = openDescriptors();
    const answer = await ask(staticFiles(root, ON), target);
    expect(answer.status === 404 ? "404" : answer.headers.get("content-type")).toBe(expected);
    await settle();
    expect(openDescriptors()).toBe(before);
  });

  it("stays in the sandbox of content from others", async () => {
    const root = temporarySite({ "new\nline.html": "<script>" });
    const answer = await ask(staticFiles(root, { ...ON, untrusted: "download" }), "/?file=new%0Aline.html");
    expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox;/);
    expect(answer.headers.get("content-disposition")).toBe("attachment");
  });
});

describe("a listing by an address with empty segments", () => {
  it("is sent to the plain one, since its links are relative", async () => {
    const handler = staticFiles(temporarySite({ "a b/c": "" }), ON);
    const answer = await ask(handler, "//a%20b//?q=c");
    expect([answer.status, answer.headers.get("location")]).toEqual([301, "/a%20b/?q=c"]);
    expect((await ask(handler, "//")).headers.get("location")).toBe("/");
  });
});

describe("a README", () => {
  it("is shown as text when it is text, and not at all when it is not", async () => {
    const handler = staticFiles(
      temporarySite({ "t/README": "<b>&", "b/README.md": "a\0b", "e/readme.markdown": "" }),
      ON,
    );
    expect((await ask(handler, "/t/")).text).toContain('<pre class="plain" tabindex="0">&lt;b&gt;&amp;</pre>');
    expect((await ask(handler, "/b/")).text).not.toContain('class="readme"');
    expect((await ask(handler, "/e/")).text).toContain('<h2 id="readme">readme.markdown</h2>');
  });

  it("is shown as far as its first 128 KiB go", async () => {
    const handler = staticFiles(temporarySite({ "README.md": `start\n\n${"x".repeat(300)}\n`.repeat(2000) }), ON);
    const { text } = await ask(handler, "/");
    expect(text.length).toBeLessThan(200_000);
    expect(text).toContain("<p>…</p>");
  });
});
