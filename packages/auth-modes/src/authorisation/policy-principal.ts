import type { Principal } from "@tinyhttp/handler";
import { decide, type Grant } from "./decide.ts";

/** A principal that carries what it may do. Shared between requests, so it is frozen. */
export class PolicyPrincipal implements Principal, Grant {
  readonly kind: Principal["kind"];
  readonly id: string;
  readonly address: string;
  readonly scopes: readonly string[];
  readonly prefixes: readonly string[];
  readonly signOutPath: string | undefined;

  constructor(kind: Principal["kind"], id: string, address: string, grant: Grant, signOutPath?: string) {
    this.kind = kind;
    this.id = id;
    this.address = address;
    this.scopes = grant.scopes;
    this.prefixes = grant.prefixes;
    this.signOutPath = signOutPath;
    Object.freeze(this);
  }

  may(action: string, path: string): boolean {
    return decide(this, action, path).allow;
  }
}
