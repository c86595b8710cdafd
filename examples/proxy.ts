/**
 * A reverse proxy on `net` sockets and the parser alone: every message is read strictly, and written anew by what was
 * decided about it, so that a request can never hide in another one on its way to the server behind.
 */
import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import {
  CHUNK_END,
  chunkHead,
  encodeFields,
  type FieldSection,
  isHttpSyntaxError,
  lastChunk,
  type ParserEvent,
  type RequestHead,
  requestHead,
  RequestParser,
  type ResponseHead,
  responseHead,
  ResponseParser,
} from "@tinyhttp/http-parser";

const target = new URL(process.env["TARGET"] ?? "http://127.0.0.1:3000");
const MESSAGE_FIELDS = new Set(["expect", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]);

/** What a message's bytes mean, as they arrive. The bytes of an event are the socket's: used before the next is asked for. */
async function* eventsOf(socket: Socket, parser: RequestParser | ResponseParser): AsyncGenerator<ParserEvent> {
  // Whoever stops reading still has something to write.
  for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
    parser.feed(bytes as Uint8Array);
    for (let event = parser.next(); event !== "need-data"; event = parser.next()) yield event;
  }
}

/** All fields but those that were meant for this connection (RFC 9110 §7.6.1); the encoder writes the framing. */
function forwarded(fields: FieldSection): [string, string][] {
  const named = (fields.get("connection") ?? "").split(",").map((option) => option.trim().toLowerCase());
  const dropped = new Set(["connection", "transfer-encoding", ...MESSAGE_FIELDS, ...named]);
  return [...fields].filter(([name]) => !dropped.has(name.toLowerCase())).map(([name, value]) => [name, value]);
}

async function write(socket: Socket, bytes: string | Uint8Array): Promise<void> {
  if (!(typeof bytes === "string" ? socket.write(bytes, "latin1") : socket.write(bytes))) await once(socket, "drain");
}

async function writeContent(socket: Socket, data: Uint8Array, chunked: boolean): Promise<void> {
  if (chunked) await write(socket, chunkHead(data.length));
  await write(socket, data);
  if (chunked) await write(socket, CHUNK_END);
}

function headForServer(head: RequestHead): string {
  const fields = encodeFields([...forwarded(head.fields), ["Via", "1.1 example"]]);
  const framing = head.chunked ? "chunked" : head.contentLength === 0 ? "none" : head.contentLength;
  return requestHead({ method: head.method, target: head.target, fields, framing, keepAlive: false });
}

function headForClient(head: ResponseHead, request: RequestHead, chunked: boolean): string {
  const { status, reasonPhrase } = head;
  const { versionMinor, keepAlive } = request;
  const fields = encodeFields([...forwarded(head.fields), ["Via", "1.1 example"]]);
  const framing = chunked ? "chunked" : head.chunked || head.untilClose ? "until-close" : undefined;
  return responseHead({ status, reasonPhrase, fields, framing, versionMinor, keepAlive });
}

/** Copies the server's answer to the client. */
async function relayAnswer(server: Socket, client: Socket, request: RequestHead): Promise<void> {
  const parser = new ResponseParser();
  parser.expect(request.method);
  let chunked = false;
  const relay = async (event: ParserEvent): Promise<boolean> => {
    if (event === "data") await writeContent(client, parser.data, chunked);
    if (event === "head" && !parser.head.interim) {
      chunked = request.versionMinor === 1 && (parser.head.chunked || parser.head.untilClose);
      await write(client, headForClient(parser.head, request, chunked));
    }
    if (event === "end" && chunked) await write(client, lastChunk());
    return event === "end";
  };
  for await (const event of eventsOf(server, parser)) if (await relay(event)) return;
  parser.finish();
  await relay("end");
}

async function serveClient(client: Socket): Promise<void> {
  const parser = new RequestParser();
  let server: Socket | undefined;
  let request: RequestHead | undefined;
  let answered: Promise<void> = Promise.resolve();
  for await (const event of eventsOf(client, parser)) {
    if (event === "head") {
      request = parser.takeHead();
      server = connect({ port: Number(target.port), host: target.hostname });
      server.on("error", () => {});
      await write(server, headForServer(request));
      answered = relayAnswer(server, client, request);
      answered.catch(() => {});
    }
    if (event === "data" && server !== undefined) await writeContent(server, parser.data, request?.chunked === true);
    if (event === "end" && server !== undefined) {
      if (request?.chunked === true) await write(server, lastChunk());
      await answered;
      server.destroy();
      if (request?.keepAlive !== true) return;
    }
  }
}

function refuse(client: Socket, error: unknown): void {
  // Nothing of the answer has been sent when it is the request that is wrong.
  const status = isHttpSyntaxError(error) ? error.status : 502;
  client.end(responseHead({ status, keepAlive: false }), "latin1");
}

const proxy = createServer((client) => {
  client.on("error", () => client.destroy());
  serveClient(client).then(
    () => client.end(),
    (error: unknown) => refuse(client, error),
  );
});
proxy.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  const address = proxy.address();
  console.log(`http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
});
