/** A certificate that vouches for itself (RFC 5280), for people who have no other and compare fingerprints. */
import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from "node:crypto";
import { isIPv4 } from "node:net";
import {
  bitString,
  der,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  TRUE,
  utf8String,
} from "./der.ts";

export interface CertificateWishes {
  /** On the curve P-256. */
  readonly key: KeyObject;
  readonly commonName: string;
  /** DNS names. */
  readonly names: readonly string[];
  /** IP addresses, without zones. */
  readonly addresses: readonly string[];
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
}

const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const COMMON_NAME = objectIdentifier("2.5.4.3");
const SUBJECT_KEY_IDENTIFIER = objectIdentifier("2.5.29.14");
const KEY_USAGE = objectIdentifier("2.5.29.15");
const SUBJECT_ALT_NAME = objectIdentifier("2.5.29.17");
const BASIC_CONSTRAINTS = objectIdentifier("2.5.29.19");
const EXTENDED_KEY_USAGE = objectIdentifier("2.5.29.37");
const SERVER_AUTH = objectIdentifier("1.3.6.1.5.5.7.3.1");
const DIGITAL_SIGNATURE = bitString(Uint8Array.of(0x80), 7);
const VERSION_3 = der(0xa0, integer(Uint8Array.of(2)));
// Context-specific tags of GeneralName (RFC 5280 §4.2.1.6).
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** @returns In PEM. */
export function selfSignedCertificate(wishes: CertificateWishes): string {
  const spki = createPublicKey(wishes.key).export({ type: "spki", format: "der" });
  const name = sequence(set(sequence(COMMON_NAME, utf8String(wishes.commonName))));
  const content = sequence(
    VERSION_3,
    integer(serialNumber()),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(wishes.from), time(wishes.until)),
    name,
    spki,
    der(0xa3, sequence(...extensions(spki, wishes))),
  );
  const signature = sign("sha256", content, wishes.key);
  return pem(sequence(content, ECDSA_WITH_SHA256, bitString(signature)));
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. The first is never 0, which DER would not have written. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

function extensions(spki: Buffer, { names, addresses }: CertificateWishes): Buffer[] {
  const keyId = createHash("sha256").update(spki).digest().subarray(0, 20);
  const alternatives = [
    ...names.map((dnsName) => der(DNS_NAME, Buffer.from(dnsName, "ascii"))),
    ...addresses.map((address) => der(IP_ADDRESS, addressBytes(address))),
  ];
  return [
    extension(BASIC_CONSTRAINTS, sequence(), true),
    extension(KEY_USAGE, DIGITAL_SIGNATURE, true),
    extension(EXTENDED_KEY_USAGE, sequence(SERVER_AUTH)),
    extension(SUBJECT_ALT_NAME, sequence(...alternatives)),
    extension(SUBJECT_KEY_IDENTIFIER, octetString(keyId)),
  ];
}

function extension(id: Buffer, value: Buffer, isCritical: boolean = false): Buffer {
  return sequence(id, ...(isCritical ? [TRUE] : []), octetString(value));
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  // The URL parser writes an IPv6 address in its one shortest form; what is left is to fill in the zeros.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const before = head.split(":").filter((group) => group !== "");
  const after = (tail ?? "").split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const bytes = Buffer.alloc(16);
  [...before, ...zeros, ...after].forEach((group, index) => bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2));
  return bytes;
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
