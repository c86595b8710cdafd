/** What every server here does with `contract-app.ts`, over real sockets. */
import type { BoundAddress } from "@tinyhttp/listener";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pattern } from "./contract-app.ts";
import { RawClient, type RawResponse } from "./raw-client.ts";

export interface ContractServer {
  readonly address: BoundAddress;
  close(deadlineMs?: number): Promise<void>;
}

/** Starts a server that serves `contractHandler` on one thread. The options can be cloned from thread to thread. */
export type CreateContractServer = (options: ContractOptions) => Promise<ContractServer>;

export interface ContractOptions {
  readonly maxBodyBytes?: number;
  readonly maxConnectionAgeMs?: number;
  readonly maxRequestsPerConnection?: number;
}

const GET_HELLO = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";

export function serverContract(name: string, create: CreateContractServer): void {
  describe(name, () => {
    let server: ContractServer;
    let clients: RawClient[] = [];

    async function start(options: ContractOptions = {}): Promise<void> {
      server = await create(options);
    }

    function dial(): RawClient {
      const client = new RawClient(server.address);
      clients.push(client);
      return client;
    }

    async function ask(request: string | Uint8Array, method?: string): Promise<RawResponse> {
      const client = dial();
      client.send(request);
      return client.response(method);
    }

    async function ends(): Promise<Record<string, number>> {
      return JSON.parse((await ask(get("/ends"))).body.toString());
    }

    beforeEach(() => start());
    afterEach(async () => {
      for (const client of clients) client.destroy();
      clients = [];
      await server.close(0);
    });

    async function restart(options: ContractOptions): Promise<void> {
      await server.close(0);
      await start(options);
    }

    describe("a response", () => {
      it("has Date, Content-Length and nothing that names the server", async () => {
        const { status, fields, body } = await ask(GET_HELLO);
        expect(status).toBe(200);
        expect(Object.keys(fields).sort()).toEqual(["content-length", "content-type", "date"]);
        expect(fields["date"]).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
        expect(Math.abs(Date.parse(fields["date"] ?? "") - Date.now())).toBeLessThan(3000);
        expect(body.toString()).toBe("hello");
      });

      it.each([0, 1, 1000, 65_536, 65_537, 1_000_000])("carries %i bytes of content unchanged", async (length) => {
        const { fields, body } = await ask(get(`/bytes?${length}`));
        expect(fields["content-length"]).toBe(String(length));
        expect(body.equals(pattern(length))).toBe(true);
      });

      it.each([1, 1000, 100_000])("counts the length of text in UTF-8 bytes (%i characters)", async (length) => {
        const { fields, body } = await ask(get(`/text?${length}`));
        expect(fields["content-length"]).toBe(String(2 * length));
        expect(body.toString()).toBe("é".repeat(length));
      });

      it("may come later", async () => {
        expect((await ask(get("/late?20"))).body.toString()).toBe("late");
      });

      it("keeps several Set-Cookie fields apart (RFC 9110 §5.3)", async () => {
        const { head } = await ask(get("/cookies"));
        expect(head.match(/^Set-Cookie: .*$/gm)).toEqual(["Set-Cookie: a=1", "Set-Cookie: b=2"]);
      });

      it("to HEAD is that to GET without content (RFC 9110 §9.3.2)", async () => {
        const client = dial();
        client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\nHEAD /iterable?9 HTTP/1.1\r\nHost: a\r\n\r\n" + GET_HELLO);
        expect((await client.response("HEAD")).fields["content-length"]).toBe("5");
        const streamed = await client.response("HEAD");
        expect(streamed.fields).not.toHaveProperty("content-length");
        expect((await client.response()).body.toString()).toBe("hello");
      });

      it.each([204, 304])("with status %i has no content (RFC 9110 §15)", async (status) => {
        const client = dial();
        client.send(get(`/status?${status}`) + GET_HELLO);
        const first = await client.response();
        expect(first.status).toBe(status);
        if (status === 204) expect(first.fields).not.toHaveProperty("content-length");
        expect((await client.response()).body.toString()).toBe("hello");
      });
    });

    describe("a request", () => {
      it("is seen by the handler as it was sent", async () => {
        const { body } = await ask(
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
        const { status, body } = await ask(get("/%2e%2e/secret"));
        expect(status).toBe(400);
        expect(body.toString()).toBe("Cannot read the path of the request: it leads above the root\n");
      });

      it("with the method CONNECT is answered with 501, and nothing after it is read", async () => {
        const client = dial();
        client.send("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n" + GET_HELLO);
        expect((await client.response()).status).toBe(501);
        expect(await client.rest()).toBe("");
      });

      it("with the method TRACE is answered with 501, and shows nothing of itself", async () => {
        const client = dial();
        client.send("TRACE /hello HTTP/1.1\r\nHost: a\r\nCookie: secret\r\n\r\n" + GET_HELLO);
        const { status, body } = await client.response();
        expect({ status, secret: body.includes("secret") }).toEqual({ status: 501, secret: false });
        expect((await client.response()).body.toString()).toBe("hello");
      });

      it("to upgrade is answered as if it did not ask (RFC 9110 §7.8)", async () => {
        const { status } = await ask(
          "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
        );
        expect(status).toBe(200);
      });
    });

    describe("a connection", () => {
      it("carries one request after the other (RFC 9112 §9.3)", async () => {
        const client = dial();
        for (const path of ["/hello", "/late?1", "/iterable?30000", "/slice?300000", "/hello"]) {
          client.send(get(path));
          const { status, complete, fields } = await client.response();
          expect({ status, complete }).toEqual({ status: 200, complete: true });
          expect(fields).not.toHaveProperty("connection");
        }
      });

      it("answers 100 pipelined requests in order (RFC 9112 §9.3.2)", async () => {
        const client = dial();
        const sizes = Array.from({ length: 100 }, (_, index) => index * 37);
        const routes = ["/bytes", "/iterable", "/slice", "/readable", "/bytes"];
        client.send(sizes.map((size, index) => get(`${routes[index % routes.length]}?${size + 1}`)).join(""));
        for (const size of sizes) {
          const { body } = await client.response();
          expect(body.equals(pattern(size + 1))).toBe(true);
        }
      });

      it("persists in HTTP/1.0 only when asked to, and says so (RFC 9112 §9.3)", async () => {
        const client = dial();
        client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        expect((await client.response()).fields["connection"]).toBe("keep-alive");
        client.send("GET /hello HTTP/1.0\r\n\r\n");
        expect((await client.response()).fields["connection"]).toBe("close");
        expect(await client.rest()).toBe("");
      });

      it("ends when the request says close, and answers nothing after it (RFC 9112 §9.6)", async () => {
        const client = dial();
        client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + GET_HELLO);
        expect((await client.response()).fields["connection"]).toBe("close");
        expect(await client.rest()).toBe("");
      });

      it("ends after the number of requests that it may carry", async () => {
        await restart({ maxRequestsPerConnection: 2 });
        const client = dial();
        client.send(GET_HELLO.repeat(3));
        expect((await client.response()).fields).not.toHaveProperty("connection");
        expect((await client.response()).fields["connection"]).toBe("close");
        expect(await client.rest()).toBe("");
      });

      it("ends after the response when it has grown old", async () => {
        await restart({ maxConnectionAgeMs: 30 });
        const client = dial();
        client.send(GET_HELLO);
        expect((await client.response()).fields).not.toHaveProperty("connection");
        await sleep(60);
        client.send(GET_HELLO);
        expect((await client.response()).fields["connection"]).toBe("close");
      });

      it.each(["/hello", "/late?30", "/iterable?100000", "/slice?300000"])(
        "still gets the response of %s after the client has ended its side (RFC 9112 §9.6)",
        async (path) => {
          const client = dial();
          client.send(get(path) + get(path));
          client.endInput();
          const first = await client.response();
          expect(first).toMatchObject({ status: 200, complete: true });
          expect((await client.response()).body.equals(first.body)).toBe(true);
          expect(await client.rest()).toBe("");
        },
      );

      it("reads a long head in pieces as if nobody else sent one meanwhile", async () => {
        const client = dial();
        client.send(`GET /hello HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(5000)}\r\n`);
        // Answered with 400 for what it sends behind its long field, so by then it has been read.
        const other = dial();
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
          const client = dial();
          client.send(requests.subarray(0, cut));
          await new Promise(setImmediate);
          client.send(requests.subarray(cut));
          expect(await threeBodies(client), `cut at ${cut}`).toEqual(["abcd", "ef", "hello"]);
        }
        const client = dial();
        await client.sendSlowly(requests, 1);
        expect(await threeBodies(client)).toEqual(["abcd", "ef", "hello"]);
      });
    });

    describe("the content of a request", () => {
      it("is collected, or streamed, however it is framed", async () => {
        const bytes = pattern(100_000);
        for (const framed of [withLength("/collect", bytes), chunked("/collect", bytes, 777)]) {
          const { body } = await ask(framed);
          expect(JSON.parse(body.toString())).toEqual({ bytes: 100_000, sum: checksum(bytes), several: true });
        }
      });

      it("of 10 MiB arrives whole", async () => {
        const bytes = pattern(10 * 1024 * 1024);
        const { body } = await ask(withLength("/collect", bytes));
        expect(JSON.parse(body.toString())).toEqual({ bytes: bytes.length, sum: checksum(bytes), several: true });
      });

      it("can be sent back while it comes in", async () => {
        const bytes = pattern(5 * 1024 * 1024);
        const client = dial();
        client.send(chunked("/echo", bytes, 50_000));
        const { complete, body } = await client.response();
        expect(complete).toBe(true);
        expect(body.equals(bytes)).toBe(true);
      });

      it("is asked for with 100 (Continue), when the handler wants it (RFC 9110 §10.1.1)", async () => {
        for (const path of ["/collect", "/echo"]) {
          const client = dial();
          client.send(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n`);
          expect((await client.response()).head).toBe("HTTP/1.1 100 Continue\r\n\r\n");
          client.send("abc");
          expect((await client.response()).status).toBe(200);
          client.send(GET_HELLO);
          expect((await client.response()).body.toString()).toBe("hello");
        }
      });

      it("is not asked for when it is there already", async () => {
        const { status } = await ask(
          "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
        );
        expect(status).toBe(200);
      });

      it("is not asked for when the handler does not want it, and the connection ends", async () => {
        const client = dial();
        client.send("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        const { status, fields } = await client.response();
        expect({ status, connection: fields["connection"] }).toEqual({ status: 200, connection: "close" });
        expect(await client.rest()).toBe("");
      });

      it("with another expectation is answered with 417", async () => {
        const client = dial();
        client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: a-miracle\r\n\r\n");
        expect((await client.response()).status).toBe(417);
        expect(await client.rest()).toBe("");
      });

      it("that is announced too large is answered with 413, before it is sent (RFC 9110 §15.5.14)", async () => {
        await restart({ maxBodyBytes: 1000 });
        const { status, fields } = await ask(
          "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\nExpect: 100-continue\r\n\r\n",
        );
        expect({ status, connection: fields["connection"] }).toEqual({ status: 413, connection: "close" });
      });

      it("that turns out too large is answered with 413", async () => {
        await restart({ maxBodyBytes: 1000 });
        const client = dial();
        client.send(chunked("/collect", pattern(2000), 100));
        expect((await client.response()).status).toBe(413);
        expect(await client.rest()).toBe("");
      });

      it("beyond what the handler collects is answered with 413", async () => {
        expect((await ask(withLength("/limited?1000", pattern(1000)))).body.toString()).toBe("1000");
        expect((await ask(withLength("/limited?1000", pattern(1001)))).status).toBe(413);
        expect((await ask(chunked("/limited?1000", pattern(1001), 100))).status).toBe(413);
      });

      it("that is not the JSON it should be is answered with 400", async () => {
        expect((await ask(withLength("/json", Buffer.from('{"a":[1]}')))).body.toString()).toBe('{"a":[1]}');
        expect((await ask(withLength("/json", Buffer.from("{")))).status).toBe(400);
        expect((await ask(withLength("/json", Buffer.from([0x22, 0xff, 0x22])))).status).toBe(400);
        expect((await ask("POST /json HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(400);
      });

      it("may stay unread: a little is skipped, much ends the connection", async () => {
        const patient = dial();
        patient.send(withLength("/hello", pattern(100_000)));
        patient.send(GET_HELLO);
        expect((await patient.response()).fields).not.toHaveProperty("connection");
        expect((await patient.response()).body.toString()).toBe("hello");

        const client = dial();
        client.send(withLength("/hello", pattern(1_000_000)));
        client.send(GET_HELLO);
        expect((await client.response()).fields["connection"]).toBe("close");
        expect(await client.rest()).toBe("");
      });

      it("that breaks off is an error for the handler, and the client is answered if it still listens", async () => {
        const before = (await ends())["failedBodies"] ?? 0;
        const client = dial();
        client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        client.endInput();
        expect((await client.response()).status).toBe(400);
        expect(await client.rest()).toBe("");
        expect((await ends())["failedBodies"]).toBe(before + 1);
      });
    });

    describe("a response that is given again and again", () => {
      const lengths = [0, 1, 1000, 65_000, 70_000, 1_000_000];

      it("is the same each time", async () => {
        const client = dial();
        for (const length of [...lengths, ...lengths, ...lengths]) {
          client.send(get(`/repeated?${length}`));
          const { body, fields } = await client.response();
          expect(body.equals(pattern(length))).toBe(true);
          expect(Math.abs(Date.now() - Date.parse(fields["date"] ?? ""))).toBeLessThan(5000);
        }
      });

      it("may be pipelined among others", async () => {
        const client = dial();
        const targets = lengths.flatMap((length) => [
          `/repeated?${length}`,
          "/hello",
          `/repeated?${length}`,
          "/late?1",
        ]);
        client.send(targets.map(get).join(""));
        for (const target of targets) {
          const { body } = await client.response();
          if (target.startsWith("/repeated")) expect(body.equals(pattern(Number(target.split("?")[1])))).toBe(true);
          else expect(body.toString()).toBe(target === "/hello" ? "hello" : "late");
        }
      });

      it("does not change under a client that takes it slowly, nor waits for it", async () => {
        const slow = dial();
        slow.socket.pause();
        slow.send(get("/repeated?8000000") + get("/repeated?8000000"));
        // Long enough for the Date to be another one.
        for (let turn = 0; turn < 3; turn++) {
          await sleep(600);
          const { body } = await ask(get("/repeated?8000000"));
          expect(body.equals(pattern(8_000_000))).toBe(true);
        }
        slow.socket.resume();
        for (let turn = 0; turn < 2; turn++) {
          const { body, complete } = await slow.response();
          expect(complete && body.equals(pattern(8_000_000))).toBe(true);
        }
      });
    });

    describe("a streamed response", () => {
      it.each(["/iterable", "/readable"])("from %s is chunked (RFC 9112 §7.1)", async (path) => {
        for (const length of [0, 1, 25_000, 3_000_000]) {
          const { fields, body, complete } = await ask(get(`${path}?${length}`));
          expect(fields["transfer-encoding"]).toBe("chunked");
          expect(complete).toBe(true);
          expect(body.equals(pattern(length))).toBe(true);
        }
      });

      it("ends with the connection in HTTP/1.0 (RFC 9112 §6.3)", async () => {
        const client = dial();
        client.send("GET /iterable?25000 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        const { fields, body } = await client.response();
        expect(fields).not.toHaveProperty("transfer-encoding");
        expect(fields["connection"]).toBe("close");
        expect(body.equals(pattern(25_000))).toBe(true);
      });

      it("with the length that was promised is not chunked", async () => {
        const { fields, body } = await ask(get("/promised?10"));
        expect(fields).not.toHaveProperty("transfer-encoding");
        expect(body.equals(pattern(10))).toBe(true);
      });

      it.each([9, 11, 0])("that promised 10 bytes and has %i is broken off", async (length) => {
        const client = dial();
        client.send(get(`/promised?${length}`) + GET_HELLO);
        const { complete, body } = await client.response();
        expect({ complete, tooMuch: body.length > 10 }).toEqual({ complete: false, tooMuch: false });
        expect(await client.rest()).toBe("");
      });

      it.each(["/broken-iterable", "/text-iterable"])(
        "that fails (%s) is broken off, and nobody is told why",
        async (path) => {
          const client = dial();
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
        const before = (await ends())[end] ?? 0;
        const client = dial();
        client.send(get(path));
        while (client.received.length < 5000) await sleep(5);
        // A client that only ends its side may still read, so it takes a reset (or a failed write) to be gone.
        client.reset();
        await expect.poll(async () => (await ends())[end]).toBeGreaterThan(before);
      });
    });

    describe("a file", () => {
      it.each([1, 100_000, 262_144, 2_000_000])("of %i bytes arrives whole and is closed", async (length) => {
        const before = (await ends())["closedSlices"] ?? 0;
        const { fields, body } = await ask(get(`/slice?${length}`));
        expect(fields["content-length"]).toBe(String(length));
        expect(body.equals(pattern(length))).toBe(true);
        await expect.poll(async () => (await ends())["closedSlices"]).toBe(before + 1);
      });

      it("of 0 bytes is a response without content", async () => {
        expect((await ask(get("/empty-slice"))).fields["content-length"]).toBe("0");
      });

      it("is closed when only its head is asked for", async () => {
        const before = (await ends())["closedSlices"] ?? 0;
        const { fields } = await ask("HEAD /slice?5000 HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD");
        expect(fields["content-length"]).toBe("5000");
        expect((await ends())["closedSlices"]).toBe(before + 1);
      });

      it("that can no longer be read is broken off before its length is reached, and closed", async () => {
        const before = (await ends())["closedSlices"] ?? 0;
        const client = dial();
        client.send(get("/broken-slice?500000") + GET_HELLO);
        const { complete, body } = await client.response();
        expect(complete).toBe(false);
        expect(pattern(body.length)).toEqual(new Uint8Array(body));
        expect(await client.rest()).toBe("");
        expect((await ends())["closedSlices"]).toBe(before + 1);
      });

      it("that cannot be read at all is answered with 500", async () => {
        const client = dial();
        client.send(get("/broken-slice?0") + GET_HELLO);
        const { status, body } = await client.response();
        expect({ status, body: body.toString() }).toEqual({ status: 500, body: "Internal Server Error\n" });
        expect((await client.response()).body.toString()).toBe("hello");
      });

      it("is closed when the client goes away", async () => {
        const before = (await ends())["closedSlices"] ?? 0;
        const client = dial();
        client.send(get("/slice?200000000"));
        while (client.received.length === 0) await sleep(5);
        client.socket.pause();
        await sleep(50);
        client.destroy();
        await expect.poll(async () => (await ends())["closedSlices"]).toBe(before + 1);
      });
    });

    describe("a handler's failure", () => {
      it.each(["/throw", "/reject"])("(%s) is a plain 500, and the connection lives", async (path) => {
        const client = dial();
        client.send(get(path) + GET_HELLO);
        const { status, body } = await client.response();
        expect({ status, body: body.toString() }).toEqual({ status: 500, body: "Internal Server Error\n" });
        expect((await client.response()).body.toString()).toBe("hello");
      });

      it.each(["/twice", "/echo-again"])(
        "to give a stream that was not read before (%s) is a plain 500",
        async (path) => {
          const client = dial();
          client.send(withLength(path, pattern(10)));
          client.send(GET_HELLO);
          expect((await client.response()).status).toBe(500);
          expect((await client.response()).body.toString()).toBe("hello");
        },
      );

      it("that is an HttpError is its status and message", async () => {
        const { status, body } = await ask(get("/http-error"));
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
        const client = dial();
        client.send(get(`/garbage?${encodeURIComponent(garbage)}`) + GET_HELLO);
        const { status, head, body } = await client.response();
        expect({ status, body: body.toString() }).toEqual({ status: 500, body: "Internal Server Error\n" });
        expect(head).not.toMatch(/^X-(?:A|Injected)/m);
        expect((await client.response()).body.toString()).toBe("hello");
      });
    });

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
        const client = dial();
        client.send(GET_HELLO + bytes + GET_HELLO);
        expect((await client.response()).body.toString()).toBe("hello");
        const refused = await client.response();
        expect(refused.status).toBe(status);
        expect(refused.fields["connection"]).toBe("close");
        expect(await client.rest()).toBe("");
      });

      it("in the content is an error of the handler's, and nothing after it is answered", async () => {
        const client = dial();
        client.send("POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX" + GET_HELLO);
        const refused = await client.response();
        expect({ status: refused.status, connection: refused.fields["connection"] }).toEqual({
          status: 400,
          connection: "close",
        });
        expect(await client.rest()).toBe("");
      });
    });

    describe("close", () => {
      it("ends idle connections at once", async () => {
        const client = dial();
        client.send(GET_HELLO);
        await client.response();
        const closed = server.close();
        expect(await client.rest()).toBe("");
        client.endInput();
        await closed;
      });

      it("lets what is in flight end, and says close", async () => {
        const client = dial();
        client.send(get("/late?100") + GET_HELLO);
        await sleep(30);
        const closed = server.close();
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
        const client = dial();
        client.send(get("/late?10000"));
        await sleep(30);
        await server.close(50);
        expect(await client.rest()).toBe("");
      });
    });
  });
}

async function threeBodies(client: RawClient): Promise<string[]> {
  const bodies: string[] = [];
  while (bodies.length < 3) bodies.push((await client.response()).body.toString());
  return bodies;
}

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

function withLength(target: string, content: Uint8Array): Buffer {
  const head = `POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Length: ${content.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content]);
}

function chunked(target: string, content: Uint8Array, chunkBytes: number): Buffer {
  const parts: Uint8Array[] = [Buffer.from(`POST ${target} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`)];
  for (let start = 0; start < content.length; start += chunkBytes) {
    const chunk = content.subarray(start, start + chunkBytes);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n"));
  }
  parts.push(Buffer.from("0\r\n\r\n"));
  return Buffer.concat(parts);
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum * 31 + byte) % 1_000_000_007;
  return sum;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
