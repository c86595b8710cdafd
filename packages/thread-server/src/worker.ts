/** A thread's whole life: load the app, listen, serve, let go. */
import { parentPort, workerData } from "node:worker_threads";
import {
  type AsyncServer,
  type AsyncServerOptions,
  createAsyncServer,
  type TlsCertificate,
  TlsError,
} from "@tinyhttp/async-server";
import { type AppModule, loadApp } from "./app-module.ts";
import { handOver, takeOver } from "./hand-over.ts";
import { quietMoment } from "./quiet-moment.ts";
import { VitalSigns } from "./vital-signs.ts";
import type { FromWorker, ToWorker, WorkerPlan } from "./worker-messages.ts";

type CloseTask = () => void | Promise<void>;

// What is thrown here ends the thread, and the main thread learns it.
await run(workerData as WorkerPlan);

async function run(plan: WorkerPlan): Promise<void> {
  const { threads, thread, data } = plan;
  const closeTasks: CloseTask[] = [];
  const context = { threads, thread, data, onClose: (task: CloseTask) => void closeTasks.push(task) };
  const app = await loadApp((await import(plan.module)) as AppModule, context);
  const server = createAsyncServer(app.handler, serverOptions(plan, app.serverOptions));
  if (!(await listen(server, plan))) return;
  const signs = new VitalSigns(plan.vitalSigns);
  setInterval(() => signs.write(server.counters), plan.beatMs);
  const end = async (deadlineMs: number): Promise<void> => {
    await letGo(server, deadlineMs);
    await Promise.all(closeTasks.map(async (task) => task()));
    signs.write(server.counters);
    process.exit(0);
  };
  parentPort?.on("message", (message: ToWorker) => {
    if (message.kind === "close") void end(message.deadlineMs);
    else if (message.kind === "replace-certificates") replaceCertificates(server, message.certificates);
    else handOver(server, message.successor, () => say({ kind: "handed-over" }));
  });
}

function serverOptions({ serverOptions, certificates }: WorkerPlan, ofModule: AsyncServerOptions): AsyncServerOptions {
  const options = { ...serverOptions, ...ofModule };
  if (options.tls === undefined || certificates === undefined) return options;
  return { ...options, tls: { ...options.tls, certificates } };
}

async function listen(server: AsyncServer, plan: WorkerPlan): Promise<boolean> {
  try {
    const released = plan.predecessor && (await takeOver(plan.predecessor));
    const address = released === undefined ? plan.address : { server: released };
    say({ kind: "listening", address: await server.listen(address) });
    return true;
  } catch (error) {
    if (error instanceof TlsError) say({ kind: "tls-refused", code: error.code, message: error.message });
    else if (error instanceof Error && "code" in error) say({ kind: "cannot-listen", code: String(error.code) });
    else throw error;
    return false;
  }
}

function replaceCertificates(server: AsyncServer, certificates: readonly TlsCertificate[]): void {
  try {
    server.replaceCertificates(certificates);
    say({ kind: "certificates-replaced" });
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
    say({ kind: "tls-refused", code: error.code, message: error.message });
  }
}

async function letGo(server: AsyncServer, deadlineMs: number): Promise<void> {
  await quietMoment(() => server.counters.connections.accepted);
  await server.close({ deadlineMs });
}

function say(message: FromWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}
