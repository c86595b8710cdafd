import { describe, expect, it } from "vitest";
import { checkExposure, type Exposure } from "./exposure.ts";

const BASE: Exposure = { mode: "private", host: "127.0.0.1", tls: false, hasKeys: false };

describe("checkExposure", () => {
  it.each([
    ["private-off-loopback", { host: "0.0.0.0" }],
    ["private-off-loopback", { host: "::" }],
    ["private-off-loopback", { host: "192.0.2.1", tls: true }],
    ["private-off-loopback", { host: "example.org" }],
    ["no-keys", { mode: "unprivate" }],
    ["no-keys", { mode: "unprivate", host: "0.0.0.0", tls: true }],
    ["plain-http", { mode: "unprivate", host: "0.0.0.0", hasKeys: true }],
    ["plain-http", { mode: "unprivate", host: "example.org", hasKeys: true, trustedProxies: [] }],
  ] as const)("refuses: %s for %j", (code, exposure) => {
    expect(() => checkExposure({ ...BASE, ...exposure })).toThrow(
      expect.objectContaining({ name: "ExposureError", code }),
    );
  });

  it.each([
    [{}, []],
    [{ host: "localhost" }, []],
    [{ host: "[::1]" }, []],
    [{ host: undefined }, []],
    [{ mode: "unprivate", hasKeys: true }, []],
    [{ mode: "unprivate", hasKeys: true, host: "0.0.0.0", tls: true }, []],
    [{ mode: "unprivate", hasKeys: true, host: "0.0.0.0", trustedProxies: ["10.0.0.1"] }, []],
    [{ mode: "unprivate", hasKeys: true, host: "0.0.0.0", insecureHttp: true }, [/plain HTTP/]],
    [{ mode: "unprivate", hasKeys: true, trustedProxies: ["0.0.0.0/0"] }, [/any address/]],
    [{ mode: "public" }, [/this machine's own addresses/]],
    [{ mode: "public", host: undefined }, [/this socket/]],
    [{ mode: "public", host: "0.0.0.0" }, [/everybody/]],
    [{ mode: "public", host: "0.0.0.0", hasKeys: true }, [/everybody/, /plain HTTP/]],
  ] as const)("starts %j with the warnings %j", (exposure, warnings) => {
    const given = checkExposure({ ...BASE, ...exposure });
    expect(given).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
  });
});
