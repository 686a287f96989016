import assert from "node:assert/strict";
import { iamSagemakerCreateGuarded } from "../../../policies/security/rules/iam/iam-sagemaker-create-guarded";
import { describeViolation, isViolation, ruleVerdicts } from "../support/rule-verdicts";
import { ACCOUNT, analyzed, document, REGION } from "../support/fixture";

const place = `arn:aws:sagemaker:${REGION}:${ACCOUNT}`;
const MODEL = {
  Sid: "Model",
  Effect: "Allow",
  Action: "sagemaker:CreateModel",
  Resource: `${place}:model/*`,
};
const configuration = (Condition?: object) => ({
  Sid: "Configuration",
  Effect: "Allow",
  Action: "sagemaker:CreateEndpointConfig",
  Resource: `${place}:endpoint-config/*`,
  ...(Condition && { Condition }),
});

function violations(statement: object, options: Readonly<Record<string, unknown>>): string[] {
  const policy = {
    type: "aws:iam/policy:Policy",
    name: "hosting",
    properties: { policy: document(statement) },
  };
  return ruleVerdicts(iamSagemakerCreateGuarded, options, analyzed([policy]))
    .filter(isViolation)
    .map(describeViolation);
}

describe("iam-sagemaker-create-guarded where endpoints are serverless", () => {
  it("lets models be made without a network by its option only", () => {
    assert.equal(violations(MODEL, { serverlessModels: false }).length, 1);
    assert.deepEqual(violations(MODEL, { serverlessModels: true }), []);
  });

  it("takes a limit of serverless variants for types and volumes, and the option for neither", () => {
    const limited = { NumericLessThanEquals: { "sagemaker:ServerlessMemorySize": "2048" } };
    const perhaps = { NumericLessThanEqualsIfExists: { "sagemaker:ServerlessMemorySize": "2048" } };

    assert.deepEqual(violations(configuration(limited), { serverlessModels: false }), []);
    for (const open of [configuration(), configuration(perhaps)]) {
      assert.equal(violations(open, { serverlessModels: true }).length, 1);
    }
  });
});
