import type { Handler } from "@tinyhttp/handler";

/** Answers with what was read, as JSON in ASCII: one escape or character per byte of the request. */
export const echoHandler: Handler = async (request) => {
  const { method, target } = request;
  const headers = [...request.headers];
  const body = Buffer.from(await request.body.bytes()).toString("latin1");
  return {
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: latin1(JSON.stringify({ method, target, headers, body })),
  };
};

/** Bytes, so that no server encodes the characters above U+007F as two. */
function latin1(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}
