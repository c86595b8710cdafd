/** Waits for what never comes. */
export const never: unknown = await new Promise(() => setInterval(() => {}, 1000));
