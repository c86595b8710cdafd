import { describe, expect, it } from "vitest";
import { pattern } from "../contract-app.ts";
import type { ContractSite } from "../contract-site.ts";
import { get, sleep } from "../raw-requests.ts";

export function repeatedResponseContract(site: ContractSite): void {
  describe("a response that is given again and again", () => {
    const lengths = [0, 1, 1000, 65_000, 70_000, 1_000_000];

    it("is the same each time", async () => {
      const client = site.dial();
      for (const length of [...lengths, ...lengths, ...lengths]) {
        client.send(get(`/repeated?${length}`));
        const { body, fields } = await client.response();
        expect(body.equals(pattern(length))).toBe(true);
        expect(Math.abs(Date.now() - Date.parse(fields["date"] ?? ""))).toBeLessThan(5000);
      }
    });

    it("may be pipelined among others", async () => {
      const client = site.dial();
      const targets = lengths.flatMap((length) => [`/repeated?${length}`, "/hello", `/repeated?${length}`, "/late?1"]);
      client.send(targets.map(get).join(""));
      for (const target of targets) {
        const { body } = await client.response();
        if (target.startsWith("/repeated")) expect(body.equals(pattern(Number(target.split("?")[1])))).toBe(true);
        else expect(body.toString()).toBe(target === "/hello" ? "hello" : "late");
      }
    });

    it("does not change under a client that takes it slowly, nor waits for it", async () => {
      const slow = site.dial();
      slow.socket.pause();
      slow.send(get("/repeated?8000000") + get("/repeated?8000000"));
      // Long enough for the Date to be another one.
      for (let turn = 0; turn < 3; turn++) {
        await sleep(600);
        const { body } = await site.ask(get("/repeated?8000000"));
        expect(body.equals(pattern(8_000_000))).toBe(true);
      }
      slow.socket.resume();
      for (let turn = 0; turn < 2; turn++) {
        const { body, complete } = await slow.response();
        expect(complete && body.equals(pattern(8_000_000))).toBe(true);
      }
    });
  });
}
