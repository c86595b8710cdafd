import { selfSignedCertificate } from "@tinyhttp/async-server/tls";
import { describe, expect, it } from "vitest";
import { ExpiryNotices } from "./expiry-notices.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-11-01T00:00:00Z");

function certificate(days: number): string {
  // It begins a day before it is made.
  return selfSignedCertificate({ names: ["a.example"], days, now: START + DAY }).cert;
}

/** On which days something was said. */
function noticesOf(pem: string, days: number): number[] {
  const notices: number[] = [];
  let day = 0;
  const watched = new ExpiryNotices(() => notices.push(day));
  for (; day <= days; day += 0.5) watched.look(pem, START + day * DAY);
  return notices;
}

describe("ExpiryNotices", () => {
  it("says it once when 14 days are left, when one is, and when it has ended", () => {
    expect(noticesOf(certificate(90), 100)).toEqual([76, 89, 90]);
  });

  it("says it of one that lives for days only when a third of its life is left", () => {
    expect(noticesOf(certificate(6), 7)).toEqual([4, 5, 6]);
  });

  it("says it of each certificate, and what is to be done", () => {
    const said: string[] = [];
    const watched = new ExpiryNotices((sentence) => said.push(sentence));
    for (const pem of [certificate(3), certificate(3), certificate(30)]) watched.look(pem, START + 2.5 * DAY);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^The certificate for DNS:a\.example is about to end \(Nov {2}4 .*GMT\): renew it/);
  });
});
