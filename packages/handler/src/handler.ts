import type { HttpRequest } from "./request.ts";
import type { HttpResponse } from "./response.ts";

/**
 * The one contract between servers and what they serve. A static site, an access policy and a user's app are
 * each a Handler or wrap one.
 *
 * A handler that can answer at once returns the response itself: no promise is made for it and it is written in
 * the same turn of the event loop. A handler that throws an `HttpError` is answered with that error's status;
 * anything else that it throws becomes a plain 500, and the reason stays on the server.
 */
export type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
