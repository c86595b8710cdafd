/** Where an option's value comes from, in order of precedence. */
export type Origin =
  | { readonly kind: "command line" }
  | { readonly kind: "environment"; readonly variable: string }
  | {
      readonly kind: "file";
      /** As it was written, or found. */
      readonly file: string;
      /** `public.port` */
      readonly keyPath: string;
      readonly line: number;
    }
  | { readonly kind: "default" };

/** For people: `tinyhttp.config.json:4 (public.port)`. */
export function describeOrigin(origin: Origin): string {
  if (origin.kind === "environment") return origin.variable;
  return origin.kind === "file" ? `${origin.file}:${origin.line} (${origin.keyPath})` : origin.kind;
}
