/** Private mode by itself, for programs whose start somebody waits for. */
export { privatePolicy, type PrivatePolicyOptions } from "./policy/private-policy.ts";
