/** What the harness must know of a server: how to start it. Everything else it measures from outside. */
export interface ServerDefinition {
  /** Unique; the word for `--only` and the row of the table. */
  readonly name: string;
  /** Program that must be on the PATH; others come with the workspace. */
  readonly program?: string;
  /** What was measured, for the report. Read only when the server takes part. */
  version(): string;
  /**
   * Prepares what the server needs in `scratch` and says how to start it on 127.0.0.1:`port`.
   * The command must be the server itself and stay in the foreground: its process id is what is measured.
   */
  start(site: ServedSite, port: number): Launch;
}

export interface ServedSite {
  /** Absolute path of the directory to serve. */
  readonly root: string;
  /** Absolute path of a directory for configuration and pid files. Removed when the run ends. */
  readonly scratch: string;
  /** Absolute path of a file for a line per request in the Combined Log Format, or a like one. Absent: no log. */
  readonly accessLog?: string | undefined;
}

export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** Where it may run; default: the one core of the servers. */
  readonly cores?: readonly number[];
  /** Default: `http`. The certificate of `https` is nobody's. */
  readonly scheme?: "http" | "https";
  /** What each request has to say to be answered, as `name: value`; default: nothing. */
  readonly fields?: readonly string[];
  /** Added to the environment. */
  readonly env?: NodeJS.ProcessEnv;
}
