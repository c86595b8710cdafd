/** What the heads of requests and responses have in common. */
import { type BodyFraming, CHUNKED, UNTIL_CLOSE } from "./body-lengths.ts";
import { FieldTable } from "./field-table.ts";

export class MessageHeadRecord {
  readonly fields: FieldTable = new FieldTable();
  versionMinor: 0 | 1 = 1;
  framing: BodyFraming = 0;

  get chunked(): boolean {
    return this.framing === CHUNKED;
  }

  get contentLength(): number | undefined {
    return this.framing === CHUNKED || this.framing === UNTIL_CLOSE ? undefined : this.framing;
  }
}
