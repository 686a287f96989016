import assert from "node:assert/strict";
import type { Statement } from "../../../components/policy-document";
import {
  followJobs,
  JOB_RUNTIME_MAX_SECONDS,
  NETWORKED_PROCESSING,
  startJobs,
  startNetworkedProcessing,
} from "../../../stacks/identity/sagemaker-jobs";
import { testContext } from "../../support/context";
import { actionsOf } from "../../support/statements";

const context = testContext("prod");
const statementFor = (action: string): Statement => {
  const found = startJobs(context).find((statement) => actionsOf(statement).includes(`sagemaker:${action}`));
  assert.ok(found, action);
  return found;
};

describe("startJobs", () => {
  for (const action of ["CreateTrainingJob", "CreateProcessingJob", "CreateHyperParameterTuningJob"]) {
    it(`allows ${action} only inside, isolated, encrypted, of allowed sizes and for a limited time`, () => {
      assert.deepEqual(statementFor(action).Condition, {
        Bool: { "sagemaker:InterContainerTrafficEncryption": "true", "sagemaker:NetworkIsolation": "true" },
        "ForAllValues:StringEquals": {
          "sagemaker:InstanceTypes": ["ml.m5.xlarge", "ml.m5.2xlarge", "ml.m5.4xlarge"],
        },
        Null: {
          "sagemaker:InstanceTypes": "false",
          "sagemaker:VpcSecurityGroupIds": "false",
          "sagemaker:VpcSubnets": "false",
        },
        NumericLessThanEquals: { "sagemaker:MaxRuntimeInSeconds": String(JOB_RUNTIME_MAX_SECONDS) },
      });
    });
  }

  it("allows transform jobs of allowed sizes", () => {
    assert.deepEqual(statementFor("CreateTransformJob").Condition?.Null, {
      "sagemaker:InstanceTypes": "false",
    });
  });

  it("denies every kind of job whose request has a key under neither of its names", () => {
    const denials = startJobs(context).filter(({ Effect }) => Effect === "Deny");

    assert.deepEqual(
      denials.map(({ Condition }) => Condition),
      [
        { Null: { "sagemaker:VolumeKmsKey": "true", "sagemaker:VolumeKmsKeyArn": "true" } },
        { Null: { "sagemaker:OutputKmsKey": "true", "sagemaker:OutputKmsKeyArn": "true" } },
      ],
    );
    for (const denial of denials) {
      assert.deepEqual(actionsOf(denial), [
        "sagemaker:CreateHyperParameterTuningJob",
        "sagemaker:CreateProcessingJob",
        "sagemaker:CreateTrainingJob",
        "sagemaker:CreateTransformJob",
      ]);
      assert.equal(denial.Resource, "*");
    }
  });

  it("allows isolated models in a network only", () => {
    assert.deepEqual(statementFor("CreateModel").Condition, {
      Bool: { "sagemaker:NetworkIsolation": "true" },
      Null: { "sagemaker:VpcSecurityGroupIds": "false", "sagemaker:VpcSubnets": "false" },
    });
  });

  it("allows them under the environment's names only", () => {
    for (const { Resource } of startJobs(context).filter(({ Effect }) => Effect === "Allow")) {
      assert.match(
        String(Resource),
        /^arn:aws:sagemaker:ap-northeast-1:123456789012:[a-z-]+\/smartretail-prod-\*$/,
      );
    }
  });
});

describe("startNetworkedProcessing", () => {
  it("leaves out the isolation, and nothing else, for named kinds of jobs", () => {
    const { Condition, Resource } = startNetworkedProcessing(context);

    const isolated = statementFor("CreateProcessingJob").Condition;
    assert.deepEqual(Condition, {
      ...isolated,
      Bool: { "sagemaker:InterContainerTrafficEncryption": "true" },
    });
    assert.deepEqual(
      Resource,
      Object.keys(NETWORKED_PROCESSING).map(
        (kind) => `arn:aws:sagemaker:ap-northeast-1:123456789012:processing-job/smartretail-prod-${kind}-*`,
      ),
    );
  });
});

describe("followJobs", () => {
  it("tags jobs, for Step Functions starts none without", () => {
    const tagging = followJobs(context).find((statement) =>
      actionsOf(statement).includes("sagemaker:AddTags"),
    );

    assert.ok(tagging);
    assert.match(String(tagging.Resource), /training-job\/smartretail-prod-\*/);
  });
});
