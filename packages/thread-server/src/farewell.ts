import { type Handler, type HttpRequest, type HttpResponse, withFields } from "@tinyhttp/handler";

/**
 * A handler that can be told to let its connections go: from then on each of its responses is the last of its
 * connection (`Connection: close`, RFC 9112 §9.6). A client that keeps a connection busy learns so that it must
 * connect anew; ending the connection between two requests would lose the one that is under way.
 */
export class Farewell {
  #isSaid = false;
  readonly handler: Handler;

  constructor(handler: Handler) {
    this.handler = (request) => {
      const answer = handler(request);
      if (answer instanceof Promise) return answer.then((response) => this.#finish(request, response));
      return this.#isSaid ? this.#finish(request, answer) : answer;
    };
  }

  say(): void {
    this.#isSaid = true;
  }

  #finish(request: HttpRequest, response: HttpResponse): HttpResponse | Promise<HttpResponse> {
    return this.#isSaid ? withFields(() => response, { Connection: "close" })(request) : response;
  }
}
