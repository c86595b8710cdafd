/**
 * A certificate that nobody has signed but its own key (RFC 5280), for a server that has no other: its encryption is as
 * good as any, and whether it is the right server's, its user must tell by the fingerprint.
 */
import type { KeyObject } from "node:crypto";
import {
  bitString,
  boolean,
  contextTagged,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  utf8String,
} from "./der.ts";

const DAY_MS = 86_400_000;
/** Clients refuse certificates that are valid for longer than 398 days. */
const MOST_DAYS = 397;
const SERIAL_BYTES = 16;
/** Clocks differ. */
const EARLIER_MS = DAY_MS;

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
const KEY_USAGE = "2.5.29.15";
const SUBJECT_ALT_NAME = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

export interface SelfSignedOptions {
  /** Host names and IP addresses that clients will ask for; at least one. */
  readonly names: readonly string[];
  /** For how long it is valid; 1 to 397, default 397. */
  readonly days?: number | undefined;
  /** When it begins to be valid, but for a day that clocks may be late: milliseconds since 1970; default now. */
  readonly now?: number | undefined;
  /** PEM of a private key on P-256, to go on with: who has pinned it knows the server again. Default: a new one. */
  readonly key?: string | undefined;
}

/** A certificate and its key, as `TlsOptions.certificates` takes them. */
export interface SelfSignedCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM (PKCS #8), not encrypted: keep it where only the server can read it. */
  readonly key: string;
  /** SHA-256 of the certificate: upper-case hexadecimal, a colon between bytes. */
  readonly fingerprint256: string;
}

/**
 * Makes a key (ECDSA, P-256), unless there is one, and a certificate for it. Takes about a millisecond.
 *
 * @throws {RangeError} There is no name, one is neither a host name nor an IP address, or `days` is out of its range.
 * @throws {TypeError} The key is on another curve, or of another kind.
 */
export function selfSignedCertificate(options: SelfSignedOptions): SelfSignedCertificate {
  const { createPublicKey, sign, X509Certificate } = process.getBuiltinModule("node:crypto");
  const privateKey = options.key === undefined ? newKey() : givenKey(options.key);
  const body = certificateBody(options, createPublicKey(privateKey));
  const signature = sign("sha256", body, privateKey);
  const der = sequence(body, sequence(objectIdentifier(ECDSA_WITH_SHA256)), bitString(signature));
  const certificate = new X509Certificate(der);
  return {
    cert: certificate.toString(),
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    fingerprint256: certificate.fingerprint256,
  };
}

function newKey(): KeyObject {
  return process.getBuiltinModule("node:crypto").generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

function givenKey(pem: string): KeyObject {
  const key = process.getBuiltinModule("node:crypto").createPrivateKey(pem);
  // OpenSSL's name of P-256.
  if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  throw new TypeError("Cannot make a certificate: expected a private key on the curve P-256");
}

/** RFC 5280 §4.1.2. */
function certificateBody(
  { names, days = MOST_DAYS, now = Date.now() }: SelfSignedOptions,
  publicKey: KeyObject,
): Buffer {
  const [first] = names;
  if (first === undefined) throw new RangeError("Cannot make a certificate: expected at least one name, got none");
  if (!(days >= 1 && days <= MOST_DAYS)) {
    throw new RangeError(`Cannot make a certificate: expected days from 1 to ${MOST_DAYS}, got ${days}`);
  }
  const { createHash, randomBytes } = process.getBuiltinModule("node:crypto");
  const notBefore = now - EARLIER_MS;
  const name = sequence(setOf(sequence(objectIdentifier(COMMON_NAME), utf8String(commonName(first)))));
  const keyInfo = publicKey.export({ type: "spki", format: "der" });
  const keyIdentifier = createHash("sha256").update(keyInfo).digest().subarray(0, 20);
  return sequence(
    contextTagged(0, true, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(SERIAL_BYTES - 1)])),
    sequence(objectIdentifier(ECDSA_WITH_SHA256)),
    name,
    sequence(time(new Date(notBefore)), time(new Date(notBefore + days * DAY_MS))),
    name,
    keyInfo,
    contextTagged(3, true, sequence(...extensions(names, keyIdentifier))),
  );
}

/** RFC 5280 §4.2: what it is for, and for whom. */
function extensions(names: readonly string[], keyIdentifier: Uint8Array): Buffer[] {
  const digitalSignature = bitString(Buffer.from([0x80]), 7);
  return [
    extension(BASIC_CONSTRAINTS, true, sequence()),
    extension(KEY_USAGE, true, digitalSignature),
    extension(EXTENDED_KEY_USAGE, false, sequence(objectIdentifier(SERVER_AUTH))),
    extension(SUBJECT_ALT_NAME, false, sequence(...names.map(generalName))),
    extension(SUBJECT_KEY_IDENTIFIER, false, octetString(keyIdentifier)),
  ];
}

function extension(id: string, isCritical: boolean, value: Uint8Array): Buffer {
  const critical = isCritical ? [boolean(true)] : [];
  return sequence(objectIdentifier(id), ...critical, octetString(value));
}

const DNS_NAME = 2;
const IP_ADDRESS = 7;
const HOST_NAME = /^(?:\*\.)?[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?)*$/i;

/** RFC 5280 §4.2.1.6. */
function generalName(name: string): Buffer {
  const version = process.getBuiltinModule("node:net").isIP(name);
  if (version === 4) return contextTagged(IP_ADDRESS, false, Buffer.from(name.split(".").map(Number)));
  if (version === 6 && !name.includes("%")) return contextTagged(IP_ADDRESS, false, addressBytes(name));
  if (name.length <= 253 && HOST_NAME.test(name)) return contextTagged(DNS_NAME, false, Buffer.from(name, "latin1"));
  throw new RangeError(`Cannot make a certificate for "${name}": expected a host name or an IP address`);
}

function addressBytes(address: string): Buffer {
  // A URL has the one form without an IPv4 part.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  while (groups.length + after.length < 8) groups.push("0");
  return Buffer.from([...groups, ...after].map((group) => group.padStart(4, "0")).join(""), "hex");
}

/** RFC 5280 appendix A.1: at most 64 characters. Clients look at the alternative names only. */
function commonName(name: string): string {
  return name.slice(0, 64);
}
