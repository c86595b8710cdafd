import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, get } from "../raw-requests.ts";

export function responseContract(site: ContractSite): void {
  describe("a response", () => {
    it("has Date, Content-Length and nothing that names the server", async () => {
      const { status, fields, body } = await site.ask(GET_HELLO);
      expect(status).toBe(200);
      expect(Object.keys(fields).sort()).toEqual(["content-length", "content-type", "date"]);
      expect(fields["date"]).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
      expect(Math.abs(Date.parse(fields["date"] ?? "") - Date.now())).toBeLessThan(3000);
      expect(body.toString()).toBe("hello");
    });

    it.each([0, 1, 1000, 65_536, 65_537, 1_000_000])("carries %i bytes of content unchanged", async (length) => {
      const { fields, body } = await site.ask(get(`/bytes?${length}`));
      expect(fields["content-length"]).toBe(String(length));
      expect(body.equals(pattern(length))).toBe(true);
    });

    it.each([1, 1000, 100_000])("counts the length of text in UTF-8 bytes (%i characters)", async (length) => {
      const { fields, body } = await site.ask(get(`/text?${length}`));
      expect(fields["content-length"]).toBe(String(2 * length));
      expect(body.toString()).toBe("é".repeat(length));
    });

    it("may come later", async () => {
      expect((await site.ask(get("/late?20"))).body.toString()).toBe("late");
    });

    it("keeps several Set-Cookie fields apart (RFC 9110 §5.3)", async () => {
      const { head } = await site.ask(get("/cookies"));
      expect(head.match(/^Set-Cookie: .*$/gm)).toEqual(["Set-Cookie: a=1", "Set-Cookie: b=2"]);
    });

    it("to HEAD is that to GET without content (RFC 9110 §9.3.2)", async () => {
      const client = site.dial();
      client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\nHEAD /iterable?9 HTTP/1.1\r\nHost: a\r\n\r\n" + GET_HELLO);
      expect((await client.response("HEAD")).fields["content-length"]).toBe("5");
      const streamed = await client.response("HEAD");
      expect(streamed.fields).not.toHaveProperty("content-length");
      expect((await client.response()).body.toString()).toBe("hello");
    });

    it.each([204, 304])("with status %i has no content (RFC 9110 §15)", async (status) => {
      const client = site.dial();
      client.send(get(`/status?${status}`) + GET_HELLO);
      const first = await client.response();
      expect(first.status).toBe(status);
      if (status === 204) expect(first.fields).not.toHaveProperty("content-length");
      expect((await client.response()).body.toString()).toBe("hello");
    });
  });
}
