import assert from "node:assert/strict";
import { SSMServiceException } from "@aws-sdk/client-ssm";
import { errorText } from "../../../scripts/terminal/run-command";

describe("the text of an error", () => {
  it("is one line for what AWS refuses, without our stack", () => {
    const denied = new SSMServiceException({
      name: "AccessDeniedException",
      $fault: "client",
      $metadata: {},
      message: "not authorized to perform: ssm:GetParameter on /smartretail/prod/models",
    });

    assert.equal(errorText(denied), denied.message);
  });

  it("says who can tell where nobody is signed in", () => {
    const error = Object.assign(new Error("none found"), { name: "CredentialsProviderError" });

    assert.match(errorText(error), /^nobody is signed in to AWS: none found \(npm run doctor .+\)$/);
  });

  it("says that AWS cannot be reached where there is no network", () => {
    const error = Object.assign(new Error("getaddrinfo ENOTFOUND sts.ap-northeast-1.amazonaws.com"), {
      code: "ENOTFOUND",
      syscall: "getaddrinfo",
      $metadata: { attempts: 3 },
    });

    assert.equal(errorText(error), `AWS cannot be reached: ${error.message}`);
  });

  it("is the stack of a defect", () => {
    assert.match(errorText(new TypeError("x is not a function")), /^TypeError: x is not a function\n +at /);
  });
});
