/** What the load asks for, again and again on each connection. */
export type Load =
  /** One file, the next time when it has been answered. */
  | { readonly kind: "one" }
  /** One file, so many times before the first answer is read. */
  | { readonly kind: "pipelined"; readonly depth: number }
  /** One file over HTTP/2, so many times at once on each connection. */
  | { readonly kind: "multiplexed"; readonly streams: number }
  /** One of so many files, at random. */
  | { readonly kind: "random"; readonly files: number }
  /** One file that the client has already: the answer is 304 (RFC 9110 §13.1.2). */
  | { readonly kind: "conditional" }
  /** The second `sizeBytes` of one file: the answer is 206 (RFC 9110 §14.2). */
  | { readonly kind: "range" };

/** One thing the servers are asked to do under load. */
export interface Work {
  /** Unique; the word for `--work`. */
  readonly name: string;
  readonly title: string;
  /** What it is called where there is little room. */
  readonly label: string;
  /** File in the served directory, or the directory of the files. Its name decides the media type. */
  readonly fileName: string;
  readonly sizeBytes: number;
  /** What the rate counts. Bytes where a request takes so long that those cut off at the end would matter. */
  readonly rate: "requests" | "bytes";
  readonly load: Load;
  /**
   * By what servers are compared in short: what a second of CPU time yields, or a second of the clock. Where most of the
   * time goes into copying, the load copies along, and what one side saves the other may pay.
   */
  readonly by: "cpu" | "clock";
  /** Whether each request is logged to a file. */
  readonly isLogged?: true;
  /** Who takes part; default: all. The slow ones are left out where a minute more would tell nothing new. */
  readonly servers?: readonly string[];
}

const FILE_SERVERS = ["tinyhttp", "nginx", "lighttpd", "caddy"];
const ONE: Load = { kind: "one" };

export const WORKS: readonly Work[] = [
  {
    name: "1k",
    title: "1 KiB file",
    label: "1 KiB",
    fileName: "1k.txt",
    sizeBytes: 1024,
    rate: "requests",
    load: ONE,
    by: "cpu",
  },
  {
    name: "100k",
    title: "100 KiB file",
    label: "100 KiB",
    fileName: "100k.txt",
    sizeBytes: 100 * 1024,
    rate: "requests",
    load: ONE,
    by: "clock",
  },
  {
    name: "10m",
    title: "10 MiB file",
    label: "10 MiB",
    fileName: "10m.bin",
    sizeBytes: 10 * 1024 * 1024,
    rate: "bytes",
    load: ONE,
    by: "clock",
    servers: [...FILE_SERVERS, "bun (memory)", "bun (files)", "sirv-cli"],
  },
  {
    name: "10k-files",
    title: "10,000 files of 4 KiB at random",
    label: "10,000 files",
    fileName: "many",
    sizeBytes: 4096,
    rate: "requests",
    load: { kind: "random", files: 10_000 },
    by: "cpu",
    servers: [...FILE_SERVERS, "bun (files)", "sirv-cli"],
  },
  {
    name: "log",
    title: "1 KiB file, access log on",
    label: "access log",
    fileName: "1k.txt",
    sizeBytes: 1024,
    rate: "requests",
    load: ONE,
    by: "cpu",
    isLogged: true,
    servers: FILE_SERVERS,
  },
  {
    name: "pipelined",
    title: "1 KiB file, 16 requests pipelined",
    label: "pipelined",
    fileName: "1k.txt",
    sizeBytes: 1024,
    rate: "requests",
    load: { kind: "pipelined", depth: 16 },
    by: "cpu",
    servers: FILE_SERVERS,
  },
  {
    name: "304",
    title: "1 KiB file, not modified",
    label: "304",
    fileName: "1k.txt",
    sizeBytes: 0,
    rate: "requests",
    load: { kind: "conditional" },
    by: "cpu",
    servers: FILE_SERVERS,
  },
  {
    name: "206",
    title: "1 KiB of a 100 KiB file",
    label: "206",
    fileName: "100k.txt",
    sizeBytes: 1024,
    rate: "requests",
    load: { kind: "range" },
    by: "cpu",
    servers: FILE_SERVERS,
  },
];
