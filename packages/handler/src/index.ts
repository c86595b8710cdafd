/** The contract between HTTP servers and what they serve. No socket, no file, no runtime. */
export type { Handler } from "./handler.ts";
export type { ClientCertificate, HeaderView, HttpRequest, Peer, Principal, RequestBody } from "./request.ts";
export { isFileSlice, type FileSlice, type HeaderInit, type HttpResponse, type ResponseBody } from "./response.ts";
export { HttpError, isHttpError } from "./http-error.ts";
export { normalisePath, queryOf } from "./request-path.ts";

export { byMethod } from "./by-method.ts";
export { byPath } from "./by-path.ts";
export { firstFound } from "./first-found.ts";
export { redirectToHttps, type RedirectToHttpsOptions } from "./redirect-to-https.ts";
export { withFields } from "./with-fields.ts";
export { errorResponse } from "./error-response.ts";
export { allocateWithHeadroom, claimHeadroom } from "./headroom.ts";
export { releaseBody } from "./release-body.ts";
export { loadHandler } from "./load-handler.ts";
