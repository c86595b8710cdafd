import { toFetch } from "@tinyhttp/handler/fetch";
import { staticFiles } from "@tinyhttp/static-files";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { openDescriptors, temporarySite } from "./temporary-site.ts";

const LARGE = Buffer.alloc(2 * 1024 * 1024, "0123456789abcdef");

function appWithFiles(): Hono {
  const root = temporarySite({ "index.html": "<p>files", "d/a.txt": "a", "d/index.html": "d", "large.bin": LARGE });
  const files = toFetch(staticFiles(root, { basePath: "/files" }));
  const app = new Hono();
  app.get("/", (context) => context.text("app"));
  app.all("/files/*", (context) => files(context.req.raw));
  return app;
}

describe("a static directory inside a Hono app", () => {
  it("answers below its path and leaves the rest to the app", async () => {
    const app = appWithFiles();
    expect(await (await app.request("/")).text()).toBe("app");
    expect(await (await app.request("/files/")).text()).toBe("<p>files");
    expect((await app.request("/files/d?x")).headers.get("location")).toBe("/files/d/?x");
    expect((await app.request("/files/nothing")).status).toBe(404);
    expect((await app.request("/files/%2e%2e%2fx")).status).toBe(400);
  });

  it("streams a large file and parts of it", async () => {
    const app = appWithFiles();
    const before = openDescriptors();
    const whole = await app.request("/files/large.bin");
    expect(Buffer.from(await whole.arrayBuffer()).equals(LARGE)).toBe(true);
    const part = await app.request("/files/large.bin", { headers: { Range: "bytes=-3" } });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe("def");
    await (await app.request("/files/large.bin")).body?.cancel();
    expect((await app.request("/files/large.bin", { method: "HEAD" })).status).toBe(200);
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });
});
