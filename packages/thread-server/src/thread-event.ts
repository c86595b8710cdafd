/** Something that became of a thread; `thread` counts from 0. */
export type ThreadEvent =
  | {
      readonly kind: "crashed";
      readonly thread: number;
      /** What it threw, or a {@link ThreadServerError} that tells how it ended. */
      readonly error: unknown;
      /** Milliseconds until it is replaced; `undefined` when the server gives up. */
      readonly restartInMs: number | undefined;
    }
  | { readonly kind: "listening" | "stopped"; readonly thread: number }
  | {
      /** One thread serves alone, because the address cannot be shared. */
      readonly kind: "unshared";
      /** A sentence for people. */
      readonly reason: string;
    };
