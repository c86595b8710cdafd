/** What is served, and to whom, told in data that can be handed to another thread. */
import type { SecurityEventSink } from "@tinyhttp/auth-modes";
import type { Handler } from "@tinyhttp/handler";
import { openGuard, type AccessPlan } from "./access.ts";
import { directoryHandler, moduleHandler } from "./compose-handler.ts";
import type { Share } from "./limits/shared-limits.ts";
import type { Options } from "./options.ts";
import { warn } from "./terminal.ts";
import type { ChangeFeed } from "./watch/change-feed.ts";

export interface App {
  readonly options: Options;
  readonly access: AccessPlan;
}

/** An app that answers, and what it has open. */
export interface OpenApp {
  readonly handler: Handler;
  /** Of the files that are served; present with `--watch`. */
  readonly changes: ChangeFeed | undefined;
  /** Writes what is known of the last uses of keys. */
  readonly close: () => Promise<void>;
}

export async function openApp(app: App, share: Share, onSecurityEvent: SecurityEventSink): Promise<OpenApp> {
  const content = await contentHandler(app, share.threads);
  const guard = await openGuard(app, share, onSecurityEvent);
  const protect = await withTransportFields(app.options, guard.protect);
  if (!app.options.watch) return { handler: protect(content), changes: undefined, close: guard.close };
  const [{ ChangeFeed }, { liveReload }] = await Promise.all([
    import("./watch/change-feed.ts"),
    import("./watch/live-reload.ts"),
  ]);
  const changes = new ChangeFeed(app.options.root, warn);
  const handler = protect(liveReload(content, changes, app.options["base-path"]));
  return { handler, changes, close: guard.close };
}

type Wrapper = (handler: Handler) => Handler;

/** RFC 6797 §7.1 */
async function withTransportFields({ hsts }: Options, protect: Wrapper): Promise<Wrapper> {
  if (hsts === undefined) return protect;
  const [{ withFields }, { encodeFields }] = await Promise.all([
    import("@tinyhttp/handler"),
    import("@tinyhttp/http-parser"),
  ]);
  const fields = { "Strict-Transport-Security": `max-age=${hsts}` };
  return (handler) => withFields(protect(handler), fields, encodeFields);
}

/**
 * What is served, before anybody is asked who they are.
 *
 * @param threads How many serve this; each may use its share of the memory for hot files.
 */
export function contentHandler({ options }: App, threads: number): Promise<Handler> {
  return options.handler === undefined ? directoryHandler(options, threads) : moduleHandler(options.handler);
}
