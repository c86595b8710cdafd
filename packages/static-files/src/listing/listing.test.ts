import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HeldEntries } from "./held-entries.ts";
import { listDirectory } from "./listing.ts";

let root: string;
let closed: number;
const OPTIONS = {
  basePath: "",
  showDotfiles: false,
  hasArchive: false,
  readsFromTop: true,
  readReadme: async () => ({ name: "README", html: "<p>about" }),
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "listing-"));
  mkdirSync(join(root, "small"));
  for (const [name, size] of [
    ["b10", 3],
    ["b9", 1],
    ["a", 2],
  ] as const) {
    writeFileSync(join(root, "small", name), "x".repeat(size));
    utimesSync(join(root, "small", name), 100 - size, 100 - size);
  }
  mkdirSync(join(root, "small", "z"));
  mkdirSync(join(root, "large"));
  for (let index = 0; index < 3000; index += 1) writeFileSync(join(root, "large", `file ${index}`), "");
});

afterAll(() => rmSync(root, { recursive: true }));

beforeEach(() => {
  closed = 0;
});

function request(fields: Partial<HttpRequest> & { accept?: string } = {}): HttpRequest {
  const { accept, ...rest } = fields;
  return {
    method: "GET",
    query: "",
    headers: new Map(accept === undefined ? [] : [["accept", accept]]),
    signal: new AbortController().signal,
    ...rest,
  } as unknown as HttpRequest;
}

async function list(name: string, asked: HttpRequest): Promise<HttpResponse> {
  const response = await tryToList(name, asked);
  if (response === "busy") throw new Error("expected a response");
  return response;
}

function tryToList(name: string, asked: HttpRequest): Promise<HttpResponse | "busy"> {
  const directory = { path: `/${name}/`, fsPath: join(root, name), close: () => (closed += 1) };
  return listDirectory(directory, asked, OPTIONS);
}

function fields({ headers }: HttpResponse): string {
  return JSON.stringify(headers).replaceAll(/'nonce-[^']*'/g, "nonce");
}

function pieces(response: HttpResponse): AsyncGenerator<Uint8Array> {
  return response.body as AsyncGenerator<Uint8Array>;
}

async function collect(response: HttpResponse): Promise<Uint8Array[]> {
  const collected: Uint8Array[] = [];
  for await (const piece of pieces(response)) collected.push(piece);
  return collected;
}

async function text(response: HttpResponse): Promise<string> {
  return Buffer.concat(await collect(response)).toString();
}

async function names(name: string, query: string): Promise<string[]> {
  const listing = JSON.parse(await text(await list(name, request({ query, accept: "application/json" })))) as {
    entries: { name: string }[];
  };
  return listing.entries.map((entry) => entry.name);
}

describe("listDirectory", () => {
  it("answers with a page", async () => {
    const response = await list("small", request());
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      "Content-Type": "text/html; charset=utf-8",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
      Vary: "Accept",
    });
    const html = await text(response);
    expect(html).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(html.match(/<tr/g)).toHaveLength(5);
  });

  it("answers with JSON when the client prefers it", async () => {
    const response = await list("small", request({ accept: "application/json" }));
    expect(response.headers).toMatchObject({ "Content-Type": "application/json", Vary: "Accept" });
    expect(JSON.parse(await text(response))).toMatchObject({
      path: "/small/",
      entries: [{ name: "z" }, { name: "a", size: 2 }, { name: "b9" }, { name: "b10" }],
      truncated: false,
    });
  });

  it.each([
    ["", ["z", "a", "b9", "b10"]],
    ["sort=name&order=desc", ["z", "b10", "b9", "a"]],
    ["sort=size", ["z", "b9", "a", "b10"]],
    ["sort=size&order=desc", ["z", "b10", "a", "b9"]],
    ["sort=time", ["z", "b10", "a", "b9"]],
  ])("orders ?%s", async (query, expected) => {
    expect(await names("small", query)).toEqual(expected);
  });

  it.each(["", "sort=size", "sort=time&order=desc"])(
    "gives every entry of a large directory once, ?%s",
    async (query) => {
      const found = await names("large", query);
      expect(found).toHaveLength(3000);
      expect(new Set(found).size).toBe(3000);
    },
  );

  it("writes a large directory in pieces", async () => {
    const lengths = (await collect(await list("large", request()))).map((piece) => piece.length);
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(100_000);
    expect(lengths).not.toContain(0);
  });

  it("answers HEAD with the same headers and an empty body", async () => {
    const get = await list("small", request());
    const head = await list("small", request({ method: "HEAD" }));
    expect([head.status, fields(head)]).toEqual([get.status, fields(get)]);
    expect(await text(head)).toBe("");
    expect(closed).toBe(1);
  });

  it("closes the directory once the body has been read", async () => {
    await text(await list("small", request()));
    expect(closed).toBe(1);
  });

  it("closes the directory when the body is not wanted", async () => {
    await pieces(await list("small", request())).return(undefined);
    expect(closed).toBe(1);
  });

  it("closes the directory when the client leaves in the middle", async () => {
    const body = pieces(await list("large", request()));
    await body.next();
    await body.next();
    expect(closed).toBe(0);
    await body.return(undefined);
    expect(closed).toBe(1);
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it("closes the directory and throws when it cannot be read", async () => {
    await expect(list("absent", request())).rejects.toMatchObject({ code: "ENOENT" });
    expect(closed).toBe(1);
  });

  it("is not begun while others hold as many entries as all may, unless it is a small one", async () => {
    const others = new HeldEntries();
    others.growTo(499_500);
    try {
      expect(await tryToList("large", request())).toBe("busy");
      expect(closed).toBe(1);
      await pieces(await list("small", request())).return(undefined);
      others.growTo(485_000);
      // What was refused, or has ended, holds nothing any more.
      for (let round = 0; round < 6; round++) await pieces(await list("large", request())).return(undefined);
    } finally {
      others.release();
    }
  });

  it("stops working when the client has gone", async () => {
    const client = new AbortController();
    const body = pieces(await list("large", request({ signal: client.signal })));
    await body.next();
    client.abort(new Error("gone"));
    await expect(body.next()).rejects.toThrow("gone");
    expect(closed).toBe(1);
  });

  it("lists only what has the words of ?q= in its name, as a page and as JSON", async () => {
    expect(await names("small", "q=B")).toEqual(["b9", "b10"]);
    expect(await names("small", "q=1+b&sort=size")).toEqual(["b10"]);
    expect(await text(await list("small", request({ query: "q=nothing" })))).toContain("a name like “nothing”");
  });

  it("shows a README below the entries, whatever the order and the filter, and not in JSON", async () => {
    writeFileSync(join(root, "large", "Readme.md"), "");
    for (const query of ["", "sort=size&order=desc", "q=7"]) {
      expect(await text(await list("large", request({ query })))).toContain("<p>about");
    }
    expect(await text(await list("small", request()))).not.toContain("<p>about");
    expect(await text(await list("large", request({ accept: "application/json" })))).not.toContain("about");
  });

  it("lists a directory that is empty", async () => {
    mkdirSync(join(root, "empty"));
    expect(await text(await list("empty", request()))).toContain("This folder is empty.");
  });
});
