/** A directory over HTTP: content types, ranges, conditions, compression and a listing where there is no index. */
import { fileURLToPath } from "node:url";
import { createAsyncServer } from "@tinyhttp/async-server";
import { staticFiles } from "@tinyhttp/static-files";

const root = fileURLToPath(new URL("./site", import.meta.url));
const server = createAsyncServer(staticFiles(root, { listing: true }));

const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
console.log(url);
