/**
 * Makes a class answer for the web-standard one that it stands in for: every property that it does not define
 * itself is read from a real instance, made when it is first needed, and `instanceof` holds.
 */
export function handOn<StandIn extends object, Real extends object>(
  standIn: { readonly prototype: StandIn },
  real: { readonly prototype: Real },
  realOf: (instance: StandIn) => Real,
): void {
  for (const name of Object.getOwnPropertyNames(real.prototype)) {
    if (Object.hasOwn(standIn.prototype, name)) continue;
    Object.defineProperty(standIn.prototype, name, {
      get(this: StandIn): unknown {
        const instance = realOf(this);
        const value: unknown = Reflect.get(instance, name);
        return typeof value === "function" ? value.bind(instance) : value;
      },
    });
  }
  Object.setPrototypeOf(standIn.prototype, real.prototype);
}
