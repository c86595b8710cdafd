/** Limits that several machines count together, in Redis. */
export { redisRateLimiter, type RedisClient, type RedisRateLimiterOptions } from "./redis-rate-limiter.ts";
