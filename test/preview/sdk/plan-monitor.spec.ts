import assert from "node:assert/strict";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { PlanMonitor } from "../../../preview/sdk/plan-monitor";
import { record } from "../../support/record";
import { assertMadeFor } from "./made-for";

/** Calls of the protocol that no program of this tree makes: remote methods, transforms, hooks, deployments. */
const LEFT_OUT = [
  "call",
  "getDeploymentInfo",
  "registerErrorHook",
  "registerResourceHook",
  "registerStackInvokeTransform",
  "registerStackTransform",
];

/** What the SDK asks its engine for, and whether the recorder has it. */
const FEATURES = {
  secrets: true,
  resourceReferences: true,
  outputValues: false,
  deletedWith: true,
  replaceWith: true,
  aliasSpecs: true,
  transforms: false,
  invokeTransforms: false,
  parameterization: true,
  resourceHooks: false,
  errorHooks: false,
};

describe("PlanMonitor", () => {
  it("was made for the installed SDK", () => {
    assertMadeFor("@pulumi/pulumi", "preview/sdk/plan-monitor.ts");
  });

  it("answers every call of the resource monitor protocol but those that are left out on purpose", () => {
    const answered = Object.getOwnPropertyNames(PlanMonitor.prototype);

    const unanswered = Object.keys(ResourceMonitorService).filter((name) => !answered.includes(name));

    assert.deepEqual(unanswered.sort(), LEFT_OUT);
  });

  it("knows every feature that the SDK asks for", async () => {
    const asked: Record<string, boolean> = {};
    const original = Object.getOwnPropertyDescriptor(PlanMonitor.prototype, "supportsFeature");
    assert.ok(original);
    PlanMonitor.prototype.supportsFeature = function (request, callback) {
      (original.value as PlanMonitor["supportsFeature"]).call(this, request, (error, response) => {
        asked[request.getId()] = response?.getHassupport() ?? false;
        callback(error, response);
      });
    };

    await record(() => undefined).finally(() =>
      Object.defineProperty(PlanMonitor.prototype, "supportsFeature", original),
    );

    assert.deepEqual(asked, FEATURES);
  });
});
