import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, get, withLength } from "../raw-requests.ts";

export function handlerFailureContract(site: ContractSite): void {
  describe("a handler's failure", () => {
    it.each(["/throw", "/reject"])("(%s) is a plain 500, and the connection lives", async (path) => {
      const client = site.dial();
      client.send(get(path) + GET_HELLO);
      const { status, body } = await client.response();
      expect({ status, body: body.toString() }).toEqual({ status: 500, body: "Internal Server Error\n" });
      expect((await client.response()).body.toString()).toBe("hello");
    });

    it.each(["/twice", "/echo-again"])(
      "to give a stream that was not read before (%s) is a plain 500",
      async (path) => {
        const client = site.dial();
        client.send(withLength(path, pattern(10)));
        client.send(GET_HELLO);
        expect((await client.response()).status).toBe(500);
        expect((await client.response()).body.toString()).toBe("hello");
      },
    );

    it("that is an HttpError is its status and message", async () => {
      const { status, body } = await site.ask(get("/http-error"));
      expect({ status, body: body.toString() }).toEqual({
        status: 422,
        body: "Cannot take this: it is not a duck\n",
      });
    });

    it.each([
      "undefined",
      "null",
      "no status",
      "status 99",
      "status 101",
      "status 600",
      "status text",
      "body number",
      "body object",
      "CRLF in value",
      "LF in value",
      "NUL in value",
      "CRLF in name",
      "value beyond latin1",
      "wrong length",
    ])("to return a response (%s) is a plain 500 with nothing of it", async (garbage) => {
      const client = site.dial();
      client.send(get(`/garbage?${encodeURIComponent(garbage)}`) + GET_HELLO);
      const { status, head, body } = await client.response();
      expect({ status, body: body.toString() }).toEqual({ status: 500, body: "Internal Server Error\n" });
      expect(head).not.toMatch(/^X-(?:A|Injected)/m);
      expect((await client.response()).body.toString()).toBe("hello");
    });
  });
}
