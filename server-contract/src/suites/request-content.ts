import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, chunked, withLength } from "../raw-requests.ts";

export function requestContentContract(site: ContractSite): void {
  describe("the content of a request", () => {
    it("is collected, or streamed, however it is framed", async () => {
      const bytes = pattern(100_000);
      for (const framed of [withLength("/collect", bytes), chunked("/collect", bytes, 777)]) {
        const { body } = await site.ask(framed);
        expect(JSON.parse(body.toString())).toEqual({ bytes: 100_000, sum: checksum(bytes), several: true });
      }
    });

    it("of 10 MiB arrives whole", async () => {
      const bytes = pattern(10 * 1024 * 1024);
      const { body } = await site.ask(withLength("/collect", bytes));
      expect(JSON.parse(body.toString())).toEqual({ bytes: bytes.length, sum: checksum(bytes), several: true });
    });

    it("can be sent back while it comes in", async () => {
      const bytes = pattern(5 * 1024 * 1024);
      const client = site.dial();
      client.send(chunked("/echo", bytes, 50_000));
      const { complete, body } = await client.response();
      expect(complete).toBe(true);
      expect(body.equals(bytes)).toBe(true);
    });

    it("is asked for with 100 (Continue), when the handler wants it (RFC 9110 §10.1.1)", async () => {
      for (const path of ["/collect", "/echo"]) {
        const client = site.dial();
        client.send(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n`);
        expect((await client.response()).head).toBe("HTTP/1.1 100 Continue\r\n\r\n");
        client.send("abc");
        expect((await client.response()).status).toBe(200);
        client.send(GET_HELLO);
        expect((await client.response()).body.toString()).toBe("hello");
      }
    });

    it("is not asked for when it is there already", async () => {
      const { status } = await site.ask(
        "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
      );
      expect(status).toBe(200);
    });

    it("is not asked for when the handler does not want it, and the connection ends", async () => {
      const client = site.dial();
      client.send("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      const { status, fields } = await client.response();
      expect({ status, connection: fields["connection"] }).toEqual({ status: 200, connection: "close" });
      expect(await client.rest()).toBe("");
    });

    it("with another expectation is answered with 417", async () => {
      const client = site.dial();
      client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: a-miracle\r\n\r\n");
      expect((await client.response()).status).toBe(417);
      expect(await client.rest()).toBe("");
    });

    it("that is announced too large is answered with 413, before it is sent (RFC 9110 §15.5.14)", async () => {
      await site.restart({ maxBodyBytes: 1000 });
      const { status, fields } = await site.ask(
        "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\nExpect: 100-continue\r\n\r\n",
      );
      expect({ status, connection: fields["connection"] }).toEqual({ status: 413, connection: "close" });
    });

    it("that turns out too large is answered with 413", async () => {
      await site.restart({ maxBodyBytes: 1000 });
      const client = site.dial();
      client.send(chunked("/collect", pattern(2000), 100));
      expect((await client.response()).status).toBe(413);
      expect(await client.rest()).toBe("");
    });

    it("beyond what the handler collects is answered with 413", async () => {
      expect((await site.ask(withLength("/limited?1000", pattern(1000)))).body.toString()).toBe("1000");
      expect((await site.ask(withLength("/limited?1000", pattern(1001)))).status).toBe(413);
      expect((await site.ask(chunked("/limited?1000", pattern(1001), 100))).status).toBe(413);
    });

    it("that is not the JSON it should be is answered with 400", async () => {
      expect((await site.ask(withLength("/json", Buffer.from('{"a":[1]}')))).body.toString()).toBe('{"a":[1]}');
      expect((await site.ask(withLength("/json", Buffer.from("{")))).status).toBe(400);
      expect((await site.ask(withLength("/json", Buffer.from([0x22, 0xff, 0x22])))).status).toBe(400);
      expect((await site.ask("POST /json HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(400);
    });

    it("may stay unread: a little is skipped, much ends the connection", async () => {
      const patient = site.dial();
      patient.send(withLength("/hello", pattern(100_000)));
      patient.send(GET_HELLO);
      expect((await patient.response()).fields).not.toHaveProperty("connection");
      expect((await patient.response()).body.toString()).toBe("hello");

      const client = site.dial();
      client.send(withLength("/hello", pattern(1_000_000)));
      client.send(GET_HELLO);
      expect((await client.response()).fields["connection"]).toBe("close");
      expect(await client.rest()).toBe("");
    });

    it("that breaks off is an error for the handler, and the client is answered if it still listens", async () => {
      const before = (await site.ends())["failedBodies"] ?? 0;
      const client = site.dial();
      client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
      client.endInput();
      expect((await client.response()).status).toBe(400);
      expect(await client.rest()).toBe("");
      expect((await site.ends())["failedBodies"]).toBe(before + 1);
    });
  });
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum * 31 + byte) % 1_000_000_007;
  return sum;
}
