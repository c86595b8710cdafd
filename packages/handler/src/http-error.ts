/**
 * A request that cannot be answered as asked. Thrown by a handler, it becomes a response with `status` and the
 * `message` as text, so the message is written for the client: no path, no stack, no secret.
 * Recognise it with {@link isHttpError}: two installed copies of this package make `instanceof` false.
 */
export class HttpError extends Error {
  static {
    this.prototype.name = "HttpError";
  }
  /** Stable word for the cause, in kebab case. */
  readonly code: string;
  /** 400 to 599. */
  readonly status: number;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

export function isHttpError(value: unknown): value is HttpError {
  return value instanceof Error && value.name === "HttpError" && "status" in value && typeof value.status === "number";
}
