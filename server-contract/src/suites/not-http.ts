import { describe, expect, it } from "vitest";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO } from "../raw-requests.ts";

export function notHttpContract(site: ContractSite): void {
  describe("what is not HTTP", () => {
    it.each([
      ["a bare LF", "GET /hello HTTP/1.1\nHost: a\n\n", 400],
      ["no Host", "GET /hello HTTP/1.1\r\n\r\n", 400],
      ["two lengths", "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
      [
        "length and chunks",
        "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        400,
      ],
      ["an unknown coding", "POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501],
      ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
      ["a TLS ClientHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400],
      ["a long target", `GET /${"a".repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
      ["a huge field", `GET /hello HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(100_000)}\r\n\r\n`, 431],
      ["10 000 fields", `GET /hello HTTP/1.1\r\nHost: a\r\n${"X: y\r\n".repeat(10_000)}\r\n`, 431],
    ])("(%s) is refused, and nothing after it is answered", async (_, bytes, status) => {
      const client = site.dial();
      client.send(GET_HELLO + bytes + GET_HELLO);
      expect((await client.response()).body.toString()).toBe("hello");
      const refused = await client.response();
      expect(refused.status).toBe(status);
      expect(refused.fields["connection"]).toBe("close");
      expect(await client.rest()).toBe("");
    });

    it("in the content is an error of the handler's, and nothing after it is answered", async () => {
      const client = site.dial();
      client.send("POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX" + GET_HELLO);
      const refused = await client.response();
      expect({ status: refused.status, connection: refused.fields["connection"] }).toEqual({
        status: 400,
        connection: "close",
      });
      expect(await client.rest()).toBe("");
    });
  });
}
