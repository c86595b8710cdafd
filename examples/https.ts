/** HTTPS and HTTP/2 on one port, with a certificate that is made on the spot; give CERT and KEY for one of your own. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createAsyncServer } from "@tinyhttp/async-server";
import { selfSignedCertificate } from "@tinyhttp/async-server/tls";
import { withFields } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { staticFiles } from "@tinyhttp/static-files";

const { CERT, KEY, PORT = "8443" } = process.env;
const certificate = () =>
  CERT === undefined || KEY === undefined
    ? selfSignedCertificate({ names: ["localhost", "127.0.0.1", "::1"] })
    : { cert: readFileSync(CERT), key: readFileSync(KEY) };

const files = staticFiles(fileURLToPath(new URL("./site", import.meta.url)), { listing: true });
const secure = withFields(files, { "strict-transport-security": "max-age=31536000" }, encodeFields);
const server = createAsyncServer(secure, { tls: { certificates: [certificate()] } });

// After a renewal: connections go on with what they have, new ones get the new certificate. A bad one changes nothing.
process.on("SIGHUP", () => {
  try {
    server.replaceCertificates([certificate()]);
  } catch (error) {
    console.error(String(error));
  }
});

const { url } = await server.listen({ port: Number(PORT) });
console.log(url);
