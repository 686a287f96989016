import assert from "node:assert/strict";
import { parseWanted } from "../../../runtime/serving/endpoint-control";

describe("parseWanted", () => {
  it("reads what the program writes", () => {
    assert.deepEqual(parseWanted("/wanted", '{"DeploymentConfig":{"A":1},"EndpointConfigName":"config-1"}'), {
      configurationName: "config-1",
      deployment: { A: 1 },
    });
  });

  it("knows that there may be no deployment configuration", () => {
    assert.deepEqual(parseWanted("/wanted", '{"DeploymentConfig":null,"EndpointConfigName":"config-1"}'), {
      configurationName: "config-1",
    });
  });

  it("refuses anything else with one line", () => {
    for (const text of ["", "config-1", "{}", '{"EndpointConfigName":""}', "null", "7"]) {
      assert.throws(() => parseWanted("/wanted", text), {
        message: "parameter /wanted names no endpoint configuration; run pulumi up first",
      });
    }
  });
});
