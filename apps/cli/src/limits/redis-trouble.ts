import { systemReason } from "../system-reason.ts";

/** What Redis and the system say first, and what it means, in words that complete "Cannot count in Redis: ". */
const TROUBLES: Readonly<Record<string, string>> = {
  WRONGPASS:
    "it refuses the password, or its user; look at --redis-password-file or TINYHTTP_REDIS_PASSWORD, and at the name in --redis",
  NOAUTH: "it asks for a password; name its file with --redis-password-file, or put it in TINYHTTP_REDIS_PASSWORD",
  READONLY: "it is a copy that nothing can be written to",
  OOM: "its memory is full",
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no host of that name",
  ETIMEDOUT: "it cannot be reached",
};

/** Why rates cannot be counted in Redis. What Redis says never has the password in it. */
export function redisTrouble(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const known = TROUBLES[code ?? error.message.split(" ", 1)[0] ?? ""];
  // The limiter's own errors begin with what it could not do.
  return known ?? systemReason(error).replace(/^Cannot [^:]*: /, "");
}
