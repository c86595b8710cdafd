/** What every server here does with `contract-app.ts`, over real sockets. */
import { afterEach, beforeEach, describe } from "vitest";
import { ContractSite, type CreateContractServer } from "./contract-site.ts";
import { closeContract } from "./suites/close.ts";
import { connectionContract } from "./suites/connection.ts";
import { fileContract } from "./suites/file.ts";
import { handlerFailureContract } from "./suites/handler-failure.ts";
import { notHttpContract } from "./suites/not-http.ts";
import { repeatedResponseContract } from "./suites/repeated-response.ts";
import { requestContract } from "./suites/request.ts";
import { requestContentContract } from "./suites/request-content.ts";
import { responseContract } from "./suites/response.ts";
import { streamedResponseContract } from "./suites/streamed-response.ts";

export function serverContract(name: string, create: CreateContractServer): void {
  describe(name, () => {
    const site = new ContractSite(create);
    beforeEach(() => site.start());
    afterEach(() => site.end());

    responseContract(site);
    requestContract(site);
    connectionContract(site);
    requestContentContract(site);
    repeatedResponseContract(site);
    streamedResponseContract(site);
    fileContract(site);
    handlerFailureContract(site);
    notHttpContract(site);
    closeContract(site);
  });
}
