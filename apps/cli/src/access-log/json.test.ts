import { describe, expect, it } from "vitest";
import { jsonLine } from "./json.ts";
import type { LogRecord } from "./log-record.ts";

const record: LogRecord = {
  startedAt: Date.UTC(2026, 10, 21, 2, 27, 3, 5),
  client: "::1",
  user: undefined,
  method: "GET",
  version: "1.1",
  path: "/x",
  status: 200,
  bytesSent: 10,
  durationMs: 0.123_456,
  complete: false,
  referer: undefined,
  userAgent: "curl",
};

describe("jsonLine", () => {
  it("names things as OpenTelemetry does and leaves out what is absent", () => {
    expect(JSON.parse(jsonLine(record))).toEqual({
      time: "2026-11-21T02:27:03.005Z",
      "client.address": "::1",
      "http.request.method": "GET",
      "url.path": "/x",
      "http.response.status_code": 200,
      "http.response.body.size": 10,
      duration_ms: 0.123,
      complete: false,
      "user_agent.original": "curl",
    });
  });

  it("names who was let in", () => {
    expect(JSON.parse(jsonLine({ ...record, user: "7Qk2mZpA" }))).toMatchObject({ "user.id": "7Qk2mZpA" });
  });

  it("is one line of printable ASCII that reads back as what was sent, whatever was sent", () => {
    const everyUnit = String.fromCharCode(...Array.from({ length: 0x10000 }, (_, unit) => unit));
    for (let start = 0; start < everyUnit.length; start += 256) {
      const userAgent = everyUnit.slice(start, start + 256);
      const line = jsonLine({ ...record, userAgent });
      expect(line).toMatch(/^[ -~]+$/);
      expect(JSON.parse(line)["user_agent.original"]).toBe(userAgent);
    }
  });

  it("shortens what is long", () => {
    expect(jsonLine({ ...record, userAgent: "x".repeat(60_000), path: "/".repeat(8000) }).length).toBeLessThan(3000);
  });
});
