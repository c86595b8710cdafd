/**
 * `pnpm run profile [work] [seconds]`: loads our server with the V8 profiler on and prints where its time goes.
 * The packages load from source here, so that places are those of the repository.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildTinyhttp } from "./build.ts";
import { WARM_UP_SECONDS } from "./comparison.ts";
import { type CpuProfile, selfTimes } from "./cpu-profile.ts";
import { requestFields } from "./request-fields.ts";
import { ServerProcess } from "./server-process.ts";
import type { ServedSite, ServerDefinition } from "./servers/server.ts";
import { tinyhttp } from "./servers/tinyhttp.ts";
import { makeSite, removeSite, siteOf } from "./site.ts";
import { formatTable } from "./table.ts";
import { requireTools } from "./tools.ts";
import { type Work, WORKS } from "./works.ts";
import { runWrk } from "./wrk.ts";

const SHOWN = 30;
const RESULTS = fileURLToPath(new URL("../results/", import.meta.url));

const profiled: ServerDefinition = {
  ...tinyhttp,
  start(site, port) {
    const { file, args } = tinyhttp.start(site, port);
    const profiler = ["--conditions=@tinyhttp/source", "--cpu-prof", `--cpu-prof-dir=${profileDirectory(site)}`];
    return { file, args: [...profiler, ...args] };
  },
};

function profileDirectory(site: ServedSite): string {
  return join(site.scratch, "profile");
}

async function main(workName = "1k", seconds = "10"): Promise<void> {
  const work = WORKS.find(({ name }) => name === workName);
  if (work === undefined) {
    throw new RangeError(`Cannot profile "${workName}": expected one of ${WORKS.map(({ name }) => name).join(", ")}`);
  }
  requireTools(["taskset", "wrk"]);
  buildTinyhttp();
  const site = makeSite(WORKS);
  try {
    const { rate, sinceMicros } = await load(site, work, Number(seconds));
    const kept = keepProfile(site, work);
    const profile = JSON.parse(readFileSync(kept, "utf8")) as CpuProfile;
    process.stdout.write(
      `${formatSelfTimes(profile, sinceMicros)}\n\n${rate.toFixed(0)} requests/s, profiler on. Whole: ${kept}\n`,
    );
  } finally {
    removeSite(site);
  }
}

interface Loaded {
  /** Requests per second. */
  readonly rate: number;
  /** When warming up was over, on the monotonic clock. */
  readonly sinceMicros: number;
}

async function load(site: ServedSite, work: Work, seconds: number): Promise<Loaded> {
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort(new Error("Cannot finish: the run was interrupted")));
  const path = `/${work.fileName}`;
  const server = await ServerProcess.start(profiled, siteOf(work, site), path);
  try {
    const url = `http://127.0.0.1:${server.port}${path}`;
    const asked = { url, fields: await requestFields(work, server.port), load: work.load, signal: interrupt.signal };
    await runWrk({ ...asked, seconds: WARM_UP_SECONDS });
    const sinceMicros = Number(process.hrtime.bigint() / 1000n);
    const report = await runWrk({ ...asked, seconds });
    return { rate: report.requests / (report.durationUs / 1e6), sinceMicros };
  } finally {
    // The profile is written when the server ends by itself.
    await server.stop();
  }
}

function keepProfile(site: ServedSite, work: Work): string {
  const directory = profileDirectory(site);
  const [written] = readdirSync(directory);
  if (written === undefined) throw new Error("Cannot read the profile: the server did not end by itself in time");
  mkdirSync(RESULTS, { recursive: true });
  const kept = join(RESULTS, `${work.name}.cpuprofile`);
  copyFileSync(join(directory, written), kept);
  return kept;
}

function formatSelfTimes(profile: CpuProfile, sinceMicros: number): string {
  const rows = selfTimes(profile, sinceMicros).slice(0, SHOWN);
  return formatTable(
    [
      { title: "self", align: "right" },
      { title: "function", align: "left" },
      { title: "place", align: "left" },
    ],
    rows.map(({ functionName, place, share }) => [`${(share * 100).toFixed(1)}%`, functionName, place]),
  );
}

try {
  const [workName, seconds] = process.argv.slice(2);
  await main(workName, seconds);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
