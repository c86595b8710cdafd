import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { isHttpError } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";
import { describe, expect, it } from "vitest";
import { ask, fakeRequest } from "./fake-request.ts";
import { temporarySite } from "./temporary-site.ts";

/** A site beside a secret, with every kind of link to it. */
function siteBesideSecret(): string {
  const parent = temporarySite({
    "site/index.html": "index",
    "site/d/a.txt": "a",
    "site/.env": "secret",
    "site/.git/config": "secret",
    "site/d/.hidden": "secret",
    "site/.well-known/security.txt": "contact",
    "site/.well-known/.secret": "secret",
    "site-secret/x.txt": "secret",
    "secret.txt": "secret",
  });
  const site = join(parent, "site");
  symlinkSync("../secret.txt", join(site, "relative"));
  symlinkSync(join(parent, "secret.txt"), join(site, "absolute"));
  symlinkSync("..", join(site, "up"));
  symlinkSync("/", join(site, "top"));
  symlinkSync("up", join(site, "twice"));
  symlinkSync("../../secret.txt", join(site, "d/deep"));
  return site;
}

/** The status of an answer, also when the server would make it from an error. */
async function statusOf(target: string, site: string): Promise<{ status: number; text: string }> {
  try {
    return await ask(staticFiles(site, { listing: true, cleanUrls: true }), target);
  } catch (error) {
    if (isHttpError(error)) return { status: error.status, text: "" };
    throw error;
  }
}

describe("a request for something outside the root", () => {
  it.each([
    ["/../secret.txt"],
    ["/d/../../secret.txt"],
    ["/%2e%2e/secret.txt"],
    ["/.%2e/secret.txt"],
    ["/..%2fsecret.txt"],
    ["/..%2Fsecret.txt"],
    ["/%2e%2e%2fsecret.txt"],
    ["/d/%2e%2e%2f%2e%2e%2fsecret.txt"],
    ["/..\\secret.txt"],
    ["/..%5csecret.txt"],
    ["/..%5Csecret.txt"],
    ["/%252e%252e/secret.txt"],
    ["/%252e%252e%252fsecret.txt"],
    ["/..%c0%afsecret.txt"],
    ["/%c0%ae%c0%ae/secret.txt"],
    ["/%e0%80%ae%e0%80%ae/secret.txt"],
    ["/..;/secret.txt"],
    ["/....//secret.txt"],
    ["/../site-secret/x.txt"],
    ["/%2e%2e/site-secret/x.txt"],
    ["/index.html%00.txt"],
    ["/%00/../../secret.txt"],
    ["/relative"],
    ["/absolute"],
    ["/up/secret.txt"],
    ["/up/"],
    ["/up"],
    ["/twice/secret.txt"],
    ["/twice/site-secret/x.txt"],
    ["/top/etc/passwd"],
    ["/top/proc/self/environ"],
    ["/top/"],
    ["/d/deep"],
    ["/d/deep.html"],
    ["http://host/../secret.txt"],
    ["/.env"],
    ["/%2eenv"],
    ["//.env"],
    ["/d/../.env"],
    ["/.git/config"],
    ["/.git/"],
    ["/.git"],
    ["/d/.hidden"],
    ["/.well-known/.secret"],
    ["/.well-known/../.env"],
    ["/index.html/../../secret.txt"],
    ["/nothing/../../secret.txt"],
  ])("%s gets nothing", async (target) => {
    const answer = await statusOf(target, siteBesideSecret());
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain("secret");
  });

  it("is not what every answer is about", async () => {
    const site = siteBesideSecret();
    expect((await statusOf("/d/a.txt", site)).status).toBe(200);
    expect((await statusOf("/up/../d/a.txt", site)).status).toBe(200);
    expect((await statusOf("/.well-known/security.txt", site)).status).toBe(200);
  });

  it("does not show hidden or leaving names in a listing", async () => {
    const { text } = await statusOf("/d/", siteBesideSecret());
    expect(text).toContain("a.txt");
    expect(text).not.toContain(".hidden");
    expect(text).not.toContain("deep");
  });

  it("is decided on the path that the request shows to others", async () => {
    const handler = staticFiles(siteBesideSecret());
    for (const target of ["//d//a.txt", "/d/./a.txt", "/x/../d/a.txt", "/%64/a.txt"]) {
      expect(fakeRequest(target).path).toBe("/d/a.txt");
      expect((await ask(handler, target)).text).toBe("a");
    }
  });
});

describe("a file that is looked for on behalf of another", () => {
  it.each([
    ["a compressed form", "page.html.gz", "/page.html"],
    ["an index", "d/index.html", "/d/"],
    ["the 404 page", "404.html", "/nothing"],
    ["the page of an application", "app.html", "/route"],
    ["a page with a clean URL", "about.html", "/about"],
  ])("is not taken from outside: %s", async (_, name, target) => {
    const outside = temporarySite({ "secret.txt": "secret" });
    const root = temporarySite({ "page.html": "page", "d/a.txt": "a" });
    symlinkSync(join(outside, "secret.txt"), join(root, name));
    for (const cache of [false, {}] as const) {
      const handler = staticFiles(root, { cleanUrls: true, spa: "/app.html", cache });
      const answer = await ask(handler, target, { headers: { "Accept-Encoding": "gzip", Accept: "text/html" } });
      expect(answer.text).not.toContain("secret");
      const following = staticFiles(root, { cleanUrls: true, spa: "/app.html", cache, followSymlinks: true });
      const followed = await ask(following, target, { headers: { "Accept-Encoding": "gzip", Accept: "text/html" } });
      expect(followed.text).toContain("secret");
    }
  });
});

describe("a base path", () => {
  it.each([["/docs../secret.txt"], ["/docs/../../secret.txt"], ["/docsecret.txt"], ["/docs..%2fsecret.txt"]])(
    "is a whole number of segments: %s gets nothing",
    async (target) => {
      const parent = temporarySite({ "site/a.txt": "a", "secret.txt": "secret", "sitesecret.txt": "secret" });
      const handler = staticFiles(join(parent, "site"), { basePath: "/docs" });
      try {
        expect((await ask(handler, target)).status).toBe(404);
      } catch (error) {
        expect(error).toMatchObject({ status: 400 });
      }
    },
  );
});
