/** A process that takes from a limit in Redis, and prints how often it was allowed to. */
import { Redis } from "ioredis";
import { redisRateLimiter } from "../src/redis/index.ts";

const [socket = "", burst = "", requests = ""] = process.argv.slice(2);
const client = new Redis(socket);
const limiter = redisRateLimiter(
  { requests: 1, perMs: 86_400_000, burst: Number(burst) },
  { client, timeoutMs: 10_000 },
);
const taken = await Promise.all(Array.from({ length: Number(requests) }, async () => limiter.take("key")));
console.log(taken.filter(({ allowed }) => allowed).length);
client.disconnect();
