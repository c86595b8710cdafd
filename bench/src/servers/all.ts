import { bunFiles, bunStatic } from "./bun.ts";
import { caddy } from "./caddy.ts";
import { fastifyStatic } from "./fastify.ts";
import { httpServer } from "./http-server.ts";
import { lighttpd } from "./lighttpd.ts";
import { nginx } from "./nginx.ts";
import { nodeHttp } from "./node-http.ts";
import { serve } from "./serve.ts";
import type { ServerDefinition } from "./server.ts";
import { sirv } from "./sirv.ts";
import { tinyhttp } from "./tinyhttp.ts";

/** Every server that takes part, in the order of the table. */
export const SERVERS: readonly ServerDefinition[] = [
  tinyhttp,
  nginx,
  lighttpd,
  caddy,
  bunStatic,
  bunFiles,
  nodeHttp,
  fastifyStatic,
  sirv,
  serve,
  httpServer,
];

/** The server that ratios are to. */
export const BASELINE = "nginx";
