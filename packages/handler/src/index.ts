/** The contract between HTTP servers and what they serve. No socket, no file, no runtime. */
export type { Handler } from "./handler.ts";
export type { HeaderView, HttpRequest, Peer, RequestBody } from "./request.ts";
export { isFileSlice, type FileSlice, type HeaderInit, type HttpResponse, type ResponseBody } from "./response.ts";
export { HttpError, isHttpError } from "./http-error.ts";
export { normalisePath, queryOf } from "./request-path.ts";
