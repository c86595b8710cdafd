import type { EntryDetails } from "./entry.ts";

/** One representation of a listing, written in pieces: `begin` once, `entries` any number of times, `end` once. */
export interface ListingFormat {
  readonly headers: Readonly<Record<string, string>>;
  begin(): string;
  /** @param details At least one. */
  entries(details: readonly EntryDetails[]): string;
  /** @param truncated Whether there are more entries than were given to `entries`. */
  end(truncated: boolean, readme?: Readme): string;
}

/** What a directory says about itself. */
export interface Readme {
  readonly name: string;
  /** Harmless: made from text by this package, never taken over from a file. */
  readonly html: string;
}

/** What every representation of a listing is sent with: it changes unseen, and it depends on `Accept`. */
export const LISTING_HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-cache",
  Vary: "Accept",
  "X-Content-Type-Options": "nosniff",
};
