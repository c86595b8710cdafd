/** How often, and how many at once: exact limits in bounded memory. The store in Redis is `@tinyhttp/rate-limits/redis`. */
export type { RateLimit, RateLimiter, Verdict } from "./rate-limit.ts";
export { memoryRateLimiter, type MemoryRateLimiter, type MemoryRateLimiterOptions } from "./memory-rate-limiter.ts";
export {
  type ConcurrencyLimit,
  concurrencyLimiter,
  type ConcurrencyLimiter,
  type ConcurrencyLimiterOptions,
  type Permit,
} from "./concurrency-limiter.ts";
export { rateLimitFields, type RateLimitFields } from "./rate-limit-fields.ts";
export { addressKey } from "./address-key.ts";
