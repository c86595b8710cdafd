/** Who may ask for what: private, unprivate and public, API keys, scopes and sessions. */
export { type Mode, MODES } from "./modes/mode.ts";
export { checkExposure, type Exposure, ExposureError, type ExposureErrorCode } from "./modes/exposure.ts";

export { accessPolicy } from "./policy/access-policy.ts";
export type { AccessPolicyOptions } from "./policy/options.ts";
export type { PolicyLimits } from "./policy/limits.ts";

export { decide, type Decision, type Grant } from "./authorisation/decide.ts";
export { type Scope, scopeOfMethod, SCOPES } from "./authorisation/scope.ts";

export {
  createKey,
  type CreatedKey,
  type KeyFileOptions,
  type ListedKey,
  listKeys,
  type NewKey,
  revokeKey,
  rotateKey,
  type RotateOptions,
  verifyKey,
} from "./keys/key-file.ts";
export { openKeyFile, type OpenKeyFileOptions } from "./keys/open-key-file.ts";
export type { KeyRefusal, KeyRing, KeyVerdict } from "./keys/key-ring.ts";
export type { ApiKey, KeyState } from "./keys/key-record.ts";
export { type ParsedKey, parseKey } from "./keys/key-text.ts";
export { KeyFileError, type KeyFileErrorCode } from "./keys/key-file-error.ts";

export { FileLockedError } from "./files/file-lock.ts";

export { openSessionFile, type OpenSessionFileOptions } from "./sessions/open-session-file.ts";
export type { SessionStore } from "./sessions/session-store.ts";
export type { Session } from "./sessions/session.ts";

export { clientAddress, type ForwardingField } from "./identity/client-address.ts";
export type { CertificateGrant } from "./policy/certificate-identifier.ts";
export { TrustedProxies } from "./identity/trusted-proxies.ts";

export { Secret } from "./secrets/secret.ts";
export { readSecretFile } from "./secrets/read-secret-file.ts";
export { PrivateFileError, type PrivateFileErrorCode } from "./secrets/private-file.ts";

export type { SecurityEvent, SecurityEventName, SecurityEventSink } from "./security-event.ts";
