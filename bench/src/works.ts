/** One thing the servers are asked to do under load. */
export interface Work {
  /** Unique; the word for `--work`. */
  readonly name: string;
  readonly title: string;
  /** File in the served directory. Its name decides the media type. */
  readonly fileName: string;
  readonly sizeBytes: number;
  /** What the rate counts. Bytes where a request takes so long that those cut off at the end would matter. */
  readonly rate: "requests" | "bytes";
}

export const WORKS: readonly Work[] = [
  { name: "1k", title: "1 KiB file", fileName: "1k.txt", sizeBytes: 1024, rate: "requests" },
  { name: "100k", title: "100 KiB file", fileName: "100k.txt", sizeBytes: 100 * 1024, rate: "requests" },
  { name: "10m", title: "10 MiB file", fileName: "10m.bin", sizeBytes: 10 * 1024 * 1024, rate: "bytes" },
];
