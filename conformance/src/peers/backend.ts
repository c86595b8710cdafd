import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

// Longer than any range that a vector asks for: proxies apply Range to what they pass on.
const CONTENT = "ok".repeat(1024);

/**
 * What stands behind the proxies: it reads any head at all and a whole body, and says 200. The judgement is the
 * proxy's alone.
 */
export async function startBackend(): Promise<{ port: number; stop: () => Promise<void> }> {
  const server: Server = createServer(answerOnce);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

function answerOnce(socket: Socket): void {
  let received = "";
  let continued = false;
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.setTimeout(10_000, () => socket.destroy());
  socket.on("data", (text: string) => {
    received += text;
    if (!continued && /\r\nexpect:.*\r\n\r\n/is.test(received)) {
      continued = true;
      socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    if (!isWholeRequest(received)) return;
    const body = received.startsWith("HEAD ") ? "" : CONTENT;
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${CONTENT.length}\r\nConnection: close\r\n\r\n${body}`);
  });
}

function isWholeRequest(text: string): boolean {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd === -1) return false;
  const head = text.slice(0, headEnd + 2);
  const body = text.slice(headEnd + 4);
  if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) return /(?:^|\r\n)0+\r\n(?:[^\r\n]+\r\n)*\r\n$/.test(body);
  return body.length >= Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}
