import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import type { RawClient } from "../raw-client.ts";
import { GET_HELLO, get, sleep } from "../raw-requests.ts";

export function connectionContract(site: ContractSite): void {
  describe("a connection", () => {
    it("carries one request after the other (RFC 9112 §9.3)", async () => {
      const client = site.dial();
      for (const path of ["/hello", "/late?1", "/iterable?30000", "/slice?300000", "/hello"]) {
        client.send(get(path));
        const { status, complete, fields } = await client.response();
        expect({ status, complete }).toEqual({ status: 200, complete: true });
        expect(fields).not.toHaveProperty("connection");
      }
    });

    it("answers 100 pipelined requests in order (RFC 9112 §9.3.2)", async () => {
      const client = site.dial();
      const sizes = Array.from({ length: 100 }, (_, index) => index * 37);
      const routes = ["/bytes", "/iterable", "/slice", "/readable", "/bytes"];
      client.send(sizes.map((size, index) => get(`${routes[index % routes.length]}?${size + 1}`)).join(""));
      for (const size of sizes) {
        const { body } = await client.response();
        expect(body.equals(pattern(size + 1))).toBe(true);
      }
    });

    it("persists in HTTP/1.0 only when asked to, and says so (RFC 9112 §9.3)", async () => {
      const client = site.dial();
      client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      expect((await client.response()).fields["connection"]).toBe("keep-alive");
      client.send("GET /hello HTTP/1.0\r\n\r\n");
      expect((await client.response()).fields["connection"]).toBe("close");
      expect(await client.rest()).toBe("");
    });

    it("ends when the request says close, and answers nothing after it (RFC 9112 §9.6)", async () => {
      const client = site.dial();
      client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + GET_HELLO);
      expect((await client.response()).fields["connection"]).toBe("close");
      expect(await client.rest()).toBe("");
    });

    it("ends after the number of requests that it may carry", async () => {
      await site.restart({ maxRequestsPerConnection: 2 });
      const client = site.dial();
      client.send(GET_HELLO.repeat(3));
      expect((await client.response()).fields).not.toHaveProperty("connection");
      expect((await client.response()).fields["connection"]).toBe("close");
      expect(await client.rest()).toBe("");
    });

    it("ends after the response when it has grown old", async () => {
      await site.restart({ maxConnectionAgeMs: 30 });
      const client = site.dial();
      client.send(GET_HELLO);
      expect((await client.response()).fields).not.toHaveProperty("connection");
      await sleep(60);
      client.send(GET_HELLO);
      expect((await client.response()).fields["connection"]).toBe("close");
    });

    it.each(["/hello", "/late?30", "/iterable?100000", "/slice?300000"])(
      "still gets the response of %s after the client has ended its side (RFC 9112 §9.6)",
      async (path) => {
        const client = site.dial();
        client.send(get(path) + get(path));
        client.endInput();
        const first = await client.response();
        expect(first).toMatchObject({ status: 200, complete: true });
        expect((await client.response()).body.equals(first.body)).toBe(true);
        expect(await client.rest()).toBe("");
      },
    );

    it("reads a long head in pieces as if nobody else sent one meanwhile", async () => {
      const client = site.dial();
      client.send(`GET /hello HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(5000)}\r\n`);
      // Answered with 400 for what it sends behind its long field, so by then it has been read.
      const other = site.dial();
      other.send(`GET /hello HTTP/1.1\r\nHost: b\r\nX-Long: ${"b".repeat(5000)}\r\nContent-Length: 30\r\nX y\r\n`);
      expect((await other.response()).status).toBe(400);
      client.send(`Accept: */*\r\n\r\n${GET_HELLO}`);
      for (const _ of [1, 2]) expect((await client.response()).body.toString()).toBe("hello");
    });

    it("gives the same answers wherever the requests are cut", async () => {
      const requests = Buffer.from(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd" +
          "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nef\r\n0\r\nX: y\r\n\r\n" +
          "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      );
      for (let cut = 1; cut < requests.length; cut++) {
        const client = site.dial();
        client.send(requests.subarray(0, cut));
        await new Promise(setImmediate);
        client.send(requests.subarray(cut));
        expect(await threeBodies(client), `cut at ${cut}`).toEqual(["abcd", "ef", "hello"]);
      }
      const client = site.dial();
      await client.sendSlowly(requests, 1);
      expect(await threeBodies(client)).toEqual(["abcd", "ef", "hello"]);
    });
  });
}

async function threeBodies(client: RawClient): Promise<string[]> {
  const bodies: string[] = [];
  while (bodies.length < 3) bodies.push((await client.response()).body.toString());
  return bodies;
}
