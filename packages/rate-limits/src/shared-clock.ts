/**
 * Milliseconds on a clock that only goes forward and that all threads and processes of the machine share. Setting the
 * machine's time does not move it. `performance.now` would not do: it counts from the start of its own thread.
 */
export function sharedClockMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
