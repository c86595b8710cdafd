/** A page and a script behind it. At the very end, so that nothing of the page has to be read to find a place. */
import { isFileSlice, type FileSlice, type HeaderInit, type HttpResponse, type ResponseBody } from "@tinyhttp/handler";

// Whoever writes pages by hand, or builds them, stays below; what is larger is generated, and goes out as it is.
const MAX_PAGE_BYTES = 16 * 1024 * 1024;

const HTML = /^text\/html(?:;|$)/i;
/** True of the page without the script only, or about how long it is kept. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "accept-ranges",
  "cache-control",
  "content-length",
  "etag",
  "expires",
  "last-modified",
]);

const encoder = new TextEncoder();

/**
 * The response with the script, when it is a whole page that is not compressed; else the response. What has the script
 * is not stored by anybody, so it never stands for the page without.
 *
 * @param src Of the script, as it stands in an attribute.
 */
export async function injectScript(response: HttpResponse, src: string): Promise<HttpResponse> {
  const fields = fieldsOf(response.headers);
  const { body } = response;
  const isPage = response.status === 200 && HTML.test(valueOf(fields, "content-type") ?? "");
  if (!isPage || body === undefined || body === null || valueOf(fields, "content-encoding") !== undefined) {
    return response;
  }
  const script = encoder.encode(scriptElement(src, valueOf(fields, "content-security-policy")));
  const withScript = await appended(body, script);
  if (withScript === undefined) return response;
  const headers = [...fields.filter(([name]) => !LEFT_OUT.has(name.toLowerCase())), ["Cache-Control", "no-store"]];
  return { status: 200, headers: headers as [string, string][], body: withScript };
}

/** A page that only runs scripts with a nonce is given one with its nonce (CSP Level 3 §8.1). */
function scriptElement(src: string, policy: string | undefined): string {
  const nonce = /'nonce-([\w+/=-]+)'/.exec(policy ?? "")?.[1];
  return `\n<script src="${src}"${nonce === undefined ? "" : ` nonce="${nonce}"`} async></script>\n`;
}

async function appended(body: Exclude<ResponseBody, null>, end: Uint8Array): Promise<ResponseBody | undefined> {
  if (typeof body === "string") return joined(encoder.encode(body), end);
  if (body instanceof Uint8Array) return joined(body, end);
  if (!isFileSlice(body)) return followedBy(body as AsyncIterable<Uint8Array>, end);
  return body.length > MAX_PAGE_BYTES ? undefined : joined(await readWhole(body), end);
}

function joined(front: Uint8Array, end: Uint8Array): Uint8Array {
  const all = new Uint8Array(front.length + end.length);
  all.set(front);
  all.set(end, front.length);
  return all;
}

async function readWhole(slice: FileSlice): Promise<Uint8Array> {
  try {
    const bytes = new Uint8Array(slice.length);
    for (let at = 0; at < bytes.length;) at += await slice.read(bytes.subarray(at), at);
    return bytes;
  } finally {
    slice.close();
  }
}

/** Not a generator: one that was never begun would not tell the body that nobody wants it. */
function followedBy(body: AsyncIterable<Uint8Array>, end: Uint8Array): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
      const front = body[Symbol.asyncIterator]();
      let hasEnded = false;
      return {
        async next() {
          const result = hasEnded ? { done: true as const, value: undefined } : await front.next();
          if (result.done !== true || hasEnded) return result;
          hasEnded = true;
          return { done: false, value: end };
        },
        async return() {
          await front.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

function fieldsOf(headers: HeaderInit | undefined): (readonly [string, string])[] {
  if (headers === undefined) return [];
  if (Symbol.iterator in headers) return [...headers];
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : value.map((line) => [name, line] as const),
  );
}

function valueOf(fields: readonly (readonly [string, string])[], name: string): string | undefined {
  return fields.find((field) => field[0].toLowerCase() === name)?.[1];
}
