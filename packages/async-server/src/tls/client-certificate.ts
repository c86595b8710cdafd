import type { TLSSocket } from "node:tls";
import type { ClientCertificate } from "@tinyhttp/handler";
import { alternativeNames } from "./certificate-check.ts";

/** What a client has proved; nothing, unless its certificate leads to an authority that the server believes. */
export function clientCertificate(socket: TLSSocket): ClientCertificate | undefined {
  if (!socket.authorized) return undefined;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const { subject, subjectAltName, fingerprint256 } = certificate;
  return { subject: subject ?? "", names: alternativeNames(subjectAltName), fingerprint256 };
}
