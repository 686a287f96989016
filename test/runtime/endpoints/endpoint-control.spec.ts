import assert from "node:assert/strict";
import { parseDesired, versionedName } from "../../../runtime/endpoints/endpoint-control";

describe("parseDesired", () => {
  it("reads what the program writes", () => {
    assert.deepEqual(
      parseDesired("/desired", '{"DeploymentConfig":{"A":1},"EndpointConfigName":"config-1"}'),
      {
        configurationName: "config-1",
        deployment: { A: 1 },
      },
    );
  });

  it("knows that there may be no deployment configuration", () => {
    assert.deepEqual(parseDesired("/desired", '{"DeploymentConfig":null,"EndpointConfigName":"config-1"}'), {
      configurationName: "config-1",
    });
  });

  it("reads the pointer that the endpoint follows", () => {
    const { modelPointer } = parseDesired(
      "/desired",
      '{"EndpointConfigName":"config-1","ModelPointer":"/drinks"}',
    );

    assert.equal(modelPointer, "/drinks");
  });

  it("rejects anything else with one line", () => {
    for (const text of ["", "config-1", "{}", '{"EndpointConfigName":""}', "null", "7"]) {
      assert.throws(() => parseDesired("/desired", text), {
        message: "parameter /desired names no endpoint configuration; run pulumi up first",
      });
    }
  });
});

describe("versions of a model", () => {
  it("have names that SageMaker takes, and that end in the version", () => {
    assert.equal(
      versionedName("forecast-config-1a2b3c4", "20260927-f2a3107e"),
      "forecast-config-1a2b3c4-20260927-f2a3107e",
    );
    const long = versionedName("x".repeat(63), "20260927-f2a3107e");
    assert.deepEqual([long.length, long.endsWith("x-20260927-f2a3107e")], [63, true]);
  });
});
