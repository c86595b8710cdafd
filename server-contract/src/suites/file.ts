import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, get, sleep } from "../raw-requests.ts";

export function fileContract(site: ContractSite): void {
  describe("a file", () => {
    it.each([1, 100_000, 262_144, 2_000_000])("of %i bytes arrives whole and is closed", async (length) => {
      const before = (await site.ends())["closedSlices"] ?? 0;
      const { fields, body } = await site.ask(get(`/slice?${length}`));
      expect(fields["content-length"]).toBe(String(length));
      expect(body.equals(pattern(length))).toBe(true);
      await expect.poll(async () => (await site.ends())["closedSlices"]).toBe(before + 1);
    });

    it("of 0 bytes is a response without content", async () => {
      expect((await site.ask(get("/empty-slice"))).fields["content-length"]).toBe("0");
    });

    it("is closed when only its head is asked for", async () => {
      const before = (await site.ends())["closedSlices"] ?? 0;
      const { fields } = await site.ask("HEAD /slice?5000 HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD");
      expect(fields["content-length"]).toBe("5000");
      expect((await site.ends())["closedSlices"]).toBe(before + 1);
    });

    it("that can no longer be read is broken off before its length is reached, and closed", async () => {
      const before = (await site.ends())["closedSlices"] ?? 0;
      const client = site.dial();
      client.send(get("/broken-slice?500000") + GET_HELLO);
      const { complete, body } = await client.response();
      expect(complete).toBe(false);
      expect(pattern(body.length)).toEqual(new Uint8Array(body));
      expect(await client.rest()).toBe("");
      expect((await site.ends())["closedSlices"]).toBe(before + 1);
    });

    it("that cannot be read at all is answered with 500", async () => {
      const client = site.dial();
      client.send(get("/broken-slice?0") + GET_HELLO);
      const { status, body } = await client.response();
      expect({ status, body: body.toString() }).toEqual({ status: 500, body: "Internal Server Error\n" });
      expect((await client.response()).body.toString()).toBe("hello");
    });

    it("is closed when the client goes away", async () => {
      const before = (await site.ends())["closedSlices"] ?? 0;
      const client = site.dial();
      client.send(get("/slice?200000000"));
      while (client.received.length === 0) await sleep(5);
      client.socket.pause();
      await sleep(50);
      client.destroy();
      await expect.poll(async () => (await site.ends())["closedSlices"]).toBe(before + 1);
    });
  });
}
