import assert from "node:assert/strict";
import type { Statement } from "../../../components/policy-document";
import type { RecordedResource, Recording } from "../../../preview/recorded-resource";
import { ROLE_NAMES } from "../../../contracts/roles";
import { PERSONAS } from "../../../stacks/settings-schema";
import { foundationOf } from "../../support/foundation";
import { actionsOf, resourcesOf, statementsOf } from "../../support/statements";

const POLICY = "aws:iam/policy:Policy";
const ACCOUNT = "123456789012";

/** Actions that IAM gives no resource (service authorization reference); the statements say so beside each. */
const WITHOUT_RESOURCE =
  /^(cloudwatch:(DescribeAlarms|GetMetricData|ListMetrics|PutMetricData)|ec2:Describe\w+|ecr:GetAuthorizationToken|logs:(\w+LogDelivery|ListLogDeliveries|DescribeLogGroups|DescribeResourcePolicies)|sagemaker:(List\w+|Search)|xray:\w+|application-autoscaling:Describe\w+)$/;

/** Everybody with policies: platform roles, and the personas that people share. */
const HOLDERS = [...ROLE_NAMES, ...PERSONAS];

const policiesOf = (recording: Recording, role: string): RecordedResource[] =>
  recording.resources.filter(({ type, name }) => type === POLICY && name.startsWith(`${role}-`));
const rightsOf = (recording: Recording, role: string): Statement[] =>
  policiesOf(recording, role).flatMap(({ inputs }) => statementsOf(inputs.policy));
const allowed = (statements: readonly Statement[]) => statements.filter(({ Effect }) => Effect === "Allow");
const actionsAllowed = (recording: Recording, role: string) =>
  new Set(allowed(rightsOf(recording, role)).flatMap(actionsOf));

describe("the rights of roles and personas", () => {
  let dev: Recording;
  let prod: Recording;

  before(async () => {
    ({ recording: dev } = await foundationOf("dev"));
    ({ recording: prod } = await foundationOf("prod"));
  });

  for (const environment of ["dev", "prod"] as const) {
    it(`grants nothing of whole services, and nothing on everything, in ${environment}`, () => {
      for (const name of HOLDERS) {
        for (const statement of allowed(rightsOf(environment === "dev" ? dev : prod, name))) {
          assert.ok(!actionsOf(statement).some((action) => action.includes("*")), `${name} ${statement.Sid}`);
          if (!resourcesOf(statement).includes("*")) continue;
          for (const action of actionsOf(statement))
            assert.match(action, WITHOUT_RESOURCE, `${name} ${statement.Sid}`);
        }
      }
    });

    it(`opens keys by their ARN only, in ${environment}`, () => {
      const { resources } = environment === "dev" ? dev : prod;
      const keys = resources
        .filter(({ type }) => type === "aws:kms/key:Key")
        .map(({ outputs }) => outputs.arn);
      for (const name of HOLDERS) {
        for (const statement of allowed(rightsOf(environment === "dev" ? dev : prod, name))) {
          if (!actionsOf(statement).some((action) => action.startsWith("kms:"))) continue;
          assert.ok(
            resourcesOf(statement).every((arn) => keys.includes(arn)),
            `${name} ${statement.Sid}`,
          );
        }
      }
    });
  }

  it("passes roles by name to SageMaker only", () => {
    const passing = HOLDERS.flatMap((name) =>
      allowed(rightsOf(prod, name))
        .filter((statement) => actionsOf(statement).includes("iam:PassRole"))
        .map((statement) => ({ name, statement })),
    );

    assert.deepEqual(passing.map(({ name }) => name).sort(), [
      "data-scientist",
      "ml-engineer",
      "state-machines",
    ]);
    for (const { name, statement } of passing) {
      assert.deepEqual(statement.Condition, {
        StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
      });
      const passed = name === "state-machines" ? ["inference", "processing", "training"] : ["experiment"];
      assert.deepEqual(
        resourcesOf(statement),
        passed.map((role) => `arn:aws:iam::${ACCOUNT}:role/smartretail-prod-${role}`),
      );
    }
  });

  it("lets scientists propose versions and engineers decide, none both", () => {
    const scientist = actionsAllowed(prod, "data-scientist");
    const engineer = actionsAllowed(prod, "ml-engineer");

    assert.ok(
      scientist.has("sagemaker:CreateModelPackage") && !scientist.has("sagemaker:UpdateModelPackage"),
    );
    assert.ok(engineer.has("sagemaker:UpdateModelPackage") && !engineer.has("sagemaker:CreateModelPackage"));
    assert.ok(scientist.has("sagemaker:CreateTrainingJob") && engineer.has("sagemaker:CreateTrainingJob"));
    for (const action of ["states:StartExecution", "lambda:InvokeFunction"]) {
      assert.deepEqual([scientist.has(action), engineer.has(action)], [false, true], action);
    }
  });

  it("lets versions enter the registry as proposals only", () => {
    for (const name of ["data-scientist", "state-machines"]) {
      const statement = rightsOf(prod, name).find(({ Sid }) => Sid === "RegisterModelVersions");
      assert.deepEqual(statement?.Condition, {
        StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
      });
    }
  });

  it("lets only release control move what is live", () => {
    for (const name of HOLDERS) {
      const actions = actionsAllowed(prod, name);
      const moves = actions.has("sagemaker:UpdateEndpointWeightsAndCapacities");
      assert.equal(moves, name === "release-control", name);
      assert.ok(
        !actions.has("sagemaker:UpdateEndpoint"),
        `${name} updates endpoints, which the deployer does`,
      );
    }
  });

  it("lets release control move every model pointer, and the machines the challenger's", () => {
    const pointers = (name: string) =>
      allowed(rightsOf(prod, name))
        .filter((statement) => actionsOf(statement).includes("ssm:PutParameter"))
        .flatMap(resourcesOf);
    const models = `arn:aws:ssm:ap-northeast-1:${ACCOUNT}:parameter/smartretail/prod/models/`;

    assert.deepEqual(pointers("state-machines"), [`${models}challenger/*`]);
    const others = HOLDERS.filter((name) => name !== "state-machines" && pointers(name).length > 0);
    assert.deepEqual(others, ["release-control"]);
  });

  it("keeps raw transactions to the jobs that clean them; the machines see whether they have come", () => {
    const raw = "arn:aws:s3:::smartretail-prod-raw-";

    for (const name of HOLDERS) {
      const touching = allowed(rightsOf(prod, name)).filter((statement) =>
        resourcesOf(statement).some((arn) => arn.startsWith(raw)),
      );
      if (name === "state-machines") assert.deepEqual(touching.flatMap(actionsOf), ["s3:ListBucket"]);
      else assert.equal(touching.length > 0, name === "processing", name);
    }
  });

  it("lets nobody write or delete raw data, nor delete any object", () => {
    for (const name of HOLDERS) {
      for (const statement of allowed(rightsOf(prod, name))) {
        if (!actionsOf(statement).some((action) => /^s3:(Put|Delete)Object/.test(action))) continue;
        assert.doesNotMatch(JSON.stringify(statement.Resource), /-raw-/, name);
        assert.ok(!actionsOf(statement).some((action) => action.startsWith("s3:Delete")), name);
      }
    }
  });

  it("gives every role of the network's functions no hand on interfaces from within their code", () => {
    for (const name of ["router", "release-control", "order-api"]) {
      const denial = rightsOf(prod, name).find(({ Effect }) => Effect === "Deny");
      assert.deepEqual(denial?.Condition, {
        ArnLike: {
          "lambda:SourceFunctionArn": [
            `arn:aws:lambda:ap-northeast-1:${ACCOUNT}:function:smartretail-prod-*`,
            `arn:aws:lambda:ap-northeast-1:${ACCOUNT}:function:smartretail-prod-*:*`,
          ],
        },
      });
    }
  });

  it("stays far enough below the longest policy for a longer list of instance types", () => {
    for (const { inputs, type } of prod.resources) {
      if (type === POLICY) assert.ok(String(inputs.policy).length < 5200, String(inputs.name));
    }
  });
});
