/** Node's own HTTP server, as a program: it prints its port and runs until it is stopped. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end("ok"));
  request.on("error", () => response.destroy());
});
server.on("connect", (_request, socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
server.listen(Number(process.argv[2]), "127.0.0.1", () => {
  console.log((server.address() as AddressInfo).port);
});
