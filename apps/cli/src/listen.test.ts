import type { AsyncServer } from "@tinyhttp/async-server";
import { describe, expect, it } from "vitest";
import { CannotRun } from "./failure.ts";
import { candidatePorts, cannotListen, listenTcp } from "./listen.ts";

function serverOn(taken: (port: number) => string | undefined): AsyncServer {
  const listen = async ({ port, host }: { port: number; host: string }): Promise<unknown> => {
    const code = taken(port);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    return { kind: "tcp", host, port, url: `http://${host}:${port}` };
  };
  return { listen } as unknown as AsyncServer;
}

const host = "127.0.0.1";

describe("listenTcp", () => {
  it("takes the next free port when none was asked for", async () => {
    const address = await listenTcp(
      serverOn((port) => (port < 6792 ? "EADDRINUSE" : undefined)),
      {
        host,
        port: 6789,
        isPortGiven: false,
      },
    );
    expect(address).toMatchObject({ port: 6792 });
  });

  it("takes no other port than the one that was asked for", async () => {
    const attempt = listenTcp(
      serverOn((port) => (port === 8080 ? "EADDRINUSE" : undefined)),
      {
        host,
        port: 8080,
        isPortGiven: true,
      },
    );
    await expect(attempt).rejects.toThrow(CannotRun);
    await expect(attempt).rejects.toThrow(
      "Cannot listen on 127.0.0.1:8080: another program uses port 8080; choose another --port, or 0 for any free one",
    );
  });

  it("takes an IPv6 address as it stands in a URL, too", async () => {
    const address = await listenTcp(
      serverOn(() => undefined),
      { host: "[::1]", port: 8080, isPortGiven: true },
    );
    expect(address).toMatchObject({ host: "::1" });
  });

  it("gives up after twenty ports", async () => {
    await expect(
      listenTcp(
        serverOn(() => "EADDRINUSE"),
        { host, port: 6789, isPortGiven: false },
      ),
    ).rejects.toThrow("Cannot listen on ports 6789 to 6808: all are in use; choose a free one with --port");
  });

  it("does not try further ports when the port is not the problem", async () => {
    const tried: number[] = [];
    const server = serverOn((port) => {
      tried.push(port);
      return "EADDRNOTAVAIL";
    });
    await expect(listenTcp(server, { host, port: 6789, isPortGiven: false })).rejects.toThrow("has no address");
    expect(tried).toEqual([6789]);
  });
});

describe("candidatePorts", () => {
  it("is the one port that was asked for, or the default and those after it", () => {
    expect(candidatePorts({ host, port: 80, isPortGiven: true })).toEqual([80]);
    expect(candidatePorts({ host, port: 6789, isPortGiven: false })).toHaveLength(20);
  });
});

describe("cannotListen", () => {
  it.each([
    [
      "EACCES",
      "Cannot listen on [::1]:80: port 80 needs privileges that this user lacks; choose a --port of 1024 or above",
    ],
    ["ENOTFOUND", 'Cannot listen on [::1]:80: the name "::1" has no address; give --host an address such as 127.0.0.1'],
    ["EFAULT", "Cannot listen on [::1]:80: the system refused with EFAULT; choose another --host or --port"],
  ])("says what helps against %s", (code, sentence) => {
    expect(cannotListen({ host: "::1", port: 80, isPortGiven: true }, code)).toBe(sentence);
  });
});
