import { describe, expect, it } from "vitest";
import type { ContractSite } from "../contract-site.ts";
import { GET_HELLO, get, sleep } from "../raw-requests.ts";

export function closeContract(site: ContractSite): void {
  describe("close", () => {
    it("ends idle connections at once", async () => {
      const client = site.dial();
      client.send(GET_HELLO);
      await client.response();
      const closed = site.close();
      expect(await client.rest()).toBe("");
      client.endInput();
      await closed;
    });

    it("lets what is in flight end, and says close", async () => {
      const client = site.dial();
      client.send(get("/late?100") + GET_HELLO);
      await sleep(30);
      const closed = site.close();
      const { body, fields } = await client.response();
      expect({ body: body.toString(), connection: fields["connection"] }).toEqual({
        body: "late",
        connection: "close",
      });
      expect(await client.rest()).toBe("");
      client.endInput();
      await closed;
    });

    it("destroys what takes too long", async () => {
      const client = site.dial();
      client.send(get("/late?10000"));
      await sleep(30);
      await site.close(50);
      expect(await client.rest()).toBe("");
    });
  });
}
