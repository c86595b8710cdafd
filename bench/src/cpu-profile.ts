/** What `node --cpu-prof` writes, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Microseconds of the monotonic clock, the one that `process.hrtime` reads. */
  readonly startTime: number;
  /** Node ids, in the order in which they were seen running. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

export interface SelfTime {
  readonly functionName: string;
  /** File and line, or empty for what has no source: native code, the collector. */
  readonly place: string;
  /** Of the time that the process was not idle; 0 to 1. */
  readonly share: number;
}

/**
 * Functions by the time spent in their own code, longest first; a function called from several places counts once.
 *
 * @param sinceMicros What came before is left out. Microseconds of the monotonic clock.
 */
export function selfTimes(profile: CpuProfile, sinceMicros: number): SelfTime[] {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const micros = new Map<string, { functionName: string; place: string; self: number }>();
  let busy = 0;
  let now = profile.startTime;
  for (const [index, id] of profile.samples.entries()) {
    now += profile.timeDeltas[index] ?? 0;
    const frame = frames.get(id);
    if (now < sinceMicros || frame === undefined || frame.functionName === "(idle)") continue;
    // A sample stands for the time until the next one.
    const self = profile.timeDeltas[index + 1] ?? 0;
    busy += self;
    const place = placeOf(frame);
    const key = `${frame.functionName} ${place}`;
    const entry = micros.get(key) ?? { functionName: frame.functionName || "(anonymous)", place, self: 0 };
    entry.self += self;
    micros.set(key, entry);
  }
  return [...micros.values()]
    .sort((a, b) => b.self - a.self)
    .map(({ functionName, place, self }) => ({ functionName, place, share: self / busy }));
}

/** The last three parts of the path: enough to tell the package and the file. Lines count from 1. */
function placeOf({ url, lineNumber }: ProfileNode["callFrame"]): string {
  if (url === "") return "";
  return `${url.split("/").slice(-3).join("/")}:${lineNumber + 1}`;
}
