/** Certificates: what a server needs of them before it listens. */
export { checkCertificate, type CheckedCertificate, type CheckOptions } from "./tls/certificate-check.ts";
export {
  type SelfSignedCertificate,
  selfSignedCertificate,
  type SelfSignedOptions,
} from "./tls/self-signed-certificate.ts";
export { TlsError, type TlsErrorCode } from "./tls/tls-error.ts";
export type { TlsCertificate, TlsOptions } from "./tls/tls-options.ts";
