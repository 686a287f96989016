import assert from "node:assert/strict";
import { artifactOfVersion, parseDesired, versionedName } from "../../../runtime/endpoints/endpoint-control";

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

  it("refuses anything else with one line", () => {
    for (const text of ["", "config-1", "{}", '{"EndpointConfigName":""}', "null", "7"]) {
      assert.throws(() => parseDesired("/desired", text), {
        message: "parameter /desired names no endpoint configuration; run pulumi up first",
      });
    }
  });
});

describe("versions of a model", () => {
  it("lie beside each other", () => {
    assert.equal(
      artifactOfVersion("s3://models/mme/drinks/v0-bootstrap.tar.gz", "v7"),
      "s3://models/mme/drinks/v7.tar.gz",
    );
  });

  it("have names that SageMaker takes, and that end in the version", () => {
    assert.equal(versionedName("forecast-config-1a2b3c4", "v7"), "forecast-config-1a2b3c4-v7");
    const long = versionedName("x".repeat(63), "v7");
    assert.deepEqual([long.length, long.endsWith("x-v7")], [63, true]);
  });
});
