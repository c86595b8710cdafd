import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, get, sleep } from "../raw-requests.ts";

export function streamedResponseContract(site: ContractSite): void {
  describe("a streamed response", () => {
    it.each(["/iterable", "/readable"])("from %s is chunked (RFC 9112 §7.1)", async (path) => {
      for (const length of [0, 1, 25_000, 3_000_000]) {
        const { fields, body, complete } = await site.ask(get(`${path}?${length}`));
        expect(fields["transfer-encoding"]).toBe("chunked");
        expect(complete).toBe(true);
        expect(body.equals(pattern(length))).toBe(true);
      }
    });

    it("ends with the connection in HTTP/1.0 (RFC 9112 §6.3)", async () => {
      const client = site.dial();
      client.send("GET /iterable?25000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      const { fields, body } = await client.response();
      expect(fields).not.toHaveProperty("transfer-encoding");
      expect(fields["connection"]).toBe("close");
      expect(body.equals(pattern(25_000))).toBe(true);
    });

    it("with the length that was promised is not chunked", async () => {
      const { fields, body } = await site.ask(get("/promised?10"));
      expect(fields).not.toHaveProperty("transfer-encoding");
      expect(body.equals(pattern(10))).toBe(true);
    });

    it.each([9, 11, 0])("that promised 10 bytes and has %i is broken off", async (length) => {
      const client = site.dial();
      client.send(get(`/promised?${length}`) + GET_HELLO);
      const { complete, body } = await client.response();
      expect({ complete, tooMuch: body.length > 10 }).toEqual({ complete: false, tooMuch: false });
      expect(await client.rest()).toBe("");
    });

    it.each(["/broken-iterable", "/text-iterable"])(
      "that fails (%s) is broken off, and nobody is told why",
      async (path) => {
        const client = site.dial();
        client.send(get(path) + GET_HELLO);
        const { complete, body } = await client.response();
        expect(complete).toBe(false);
        expect(body.toString("latin1") + (await client.rest())).not.toContain("secret");
      },
    );

    it.each([
      ["/endless-iterable", "returnedIterators"],
      ["/endless-iterable", "abortedSignals"],
      ["/endless-readable", "cancelledStreams"],
    ])("from %s is told when the client goes away (%s)", async (path, end) => {
      const before = (await site.ends())[end] ?? 0;
      const client = site.dial();
      client.send(get(path));
      while (client.received.length < 5000) await sleep(5);
      // A client that only ends its side may still read, so it takes a reset (or a failed write) to be gone.
      client.reset();
      await expect.poll(async () => (await site.ends())[end]).toBeGreaterThan(before);
    });
  });
}
