import { describe, expect, it } from "vitest";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, get } from "../raw-requests.ts";

export function requestContract(site: ContractSite): void {
  describe("a request", () => {
    it("is seen by the handler as it was sent", async () => {
      const { body } = await site.ask(
        "POST /seen/../seen?a=%20b HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\nabc",
      );
      expect(JSON.parse(body.toString())).toMatchObject({
        method: "POST",
        target: "/seen/../seen?a=%20b",
        path: "/seen",
        query: "a=%20b",
        headers: [
          ["Host", "a"],
          ["X-A", "1"],
          ["x-a", "2"],
          ["Content-Length", "3"],
        ],
        length: 3,
      });
    });

    it("whose path cannot be read is answered with 400", async () => {
      const { status, body } = await site.ask(get("/%2e%2e/secret"));
      expect(status).toBe(400);
      expect(body.toString()).toBe("Cannot read the path of the request: it leads above the root\n");
    });

    it("with the method CONNECT is answered with 501, and nothing after it is read", async () => {
      const client = site.dial();
      client.send("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n" + GET_HELLO);
      expect((await client.response()).status).toBe(501);
      expect(await client.rest()).toBe("");
    });

    it("with the method TRACE is answered with 501, and shows nothing of itself", async () => {
      const client = site.dial();
      client.send("TRACE /hello HTTP/1.1\r\nHost: a\r\nCookie: secret\r\n\r\n" + GET_HELLO);
      const { status, body } = await client.response();
      expect({ status, secret: body.includes("secret") }).toEqual({ status: 501, secret: false });
      expect((await client.response()).body.toString()).toBe("hello");
    });

    it("to upgrade is answered as if it did not ask (RFC 9110 §7.8)", async () => {
      const { status } = await site.ask(
        "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
      );
      expect(status).toBe(200);
    });
  });
}
