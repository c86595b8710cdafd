import type { OpenFile } from "./open-file.ts";

/** What a path led to. `absent` also stands for everything that is not served: outside, unreadable, a device. */
export type Opened =
  | { readonly kind: "file"; readonly file: OpenFile }
  | {
      readonly kind: "directory";
      /** Leads to the verified directory until `close`, wherever its name leads meanwhile. */
      readonly fsPath: string;
      close(): void;
    }
  | { readonly kind: "absent" };
