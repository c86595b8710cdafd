/** A value now, or later: a policy only waits where one of its parts has to. */
export type Step<Value> = Value | Promise<Value>;

/** Goes on with a value as soon as it is there: in this turn, if it is. */
export function after<Value, Next>(value: Step<Value>, next: (value: Value) => Step<Next>): Step<Next> {
  // oxlint-disable-next-line promise/no-callback-in-promise -- the callback is what this is for
  return value instanceof Promise ? value.then(next) : next(value);
}
