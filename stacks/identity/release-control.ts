import { SERVED_MODELS_PREFIX } from "../../contracts/model-artifact";
import { COMPARISON_KEY } from "../../contracts/experiment";
import type { Context } from "../context";
import { bucketArn } from "../data-lake";
import { anyAlarmArn, parameterArns, sagemakerArns } from "./arns";
import { readServiceMetrics, writeExperiments } from "./experiment-journal";
import { functionStatements } from "./functions";
import { keyGrants, readObjects } from "./grants";
import type { Foundation } from "./guards";
import { sendToDeadLetterQueues } from "./orchestration";
import type { RoleDefinition } from "./role-definition";
import { lambdaTrust } from "./trust";

/**
 * The one owner of what is live: weights and model pointers. Configurations are the deployer's, who rolls them out.
 * test/invariants/release-rights.spec.ts compares with what the function calls: nothing is missing, nothing is granted besides.
 */
export function releaseControl(context: Context, { keys }: Foundation): RoleDefinition {
  const { accountId, region } = context;
  return {
    description: "Release control function: decide experiments, move weights and model pointers",
    trust: lambdaTrust(context),
    policies: {
      task: [
        {
          // InvokeEndpoint: one request for a model before a pointer names it, so that the variant's container has it loaded.
          Sid: "MoveWeights",
          Effect: "Allow",
          Action: [
            "sagemaker:DescribeEndpoint",
            "sagemaker:InvokeEndpoint",
            "sagemaker:UpdateEndpointWeightsAndCapacities",
          ],
          Resource: sagemakerArns(context, "endpoint"),
        },
        {
          Sid: "MoveModelPointers",
          Effect: "Allow",
          Action: ["ssm:GetParameter", "ssm:PutParameter"],
          Resource: parameterArns(context, "models"),
        },
        {
          // Without it S3 answers for an object that is not there that it is forbidden.
          Sid: "TellMissingObjects",
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: [bucketArn(context, "models"), bucketArn(context, "results")],
        },
        readObjects(context, "ReadServedModelsAndComparison", [
          { bucket: "models", prefixes: [SERVED_MODELS_PREFIX] },
          { bucket: "results", prefixes: [COMPARISON_KEY] },
        ]),
        {
          // Each key once: a write without If-None-Match, which could replace what is live, is not allowed.
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
          Sid: "CreateServedModels",
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: `${bucketArn(context, "models")}/${SERVED_MODELS_PREFIX}*`,
          Condition: { Null: { "s3:if-none-match": "false" } },
        },
        writeExperiments(context),
        readServiceMetrics(),
        {
          Sid: "DescribeAlarms",
          Effect: "Allow",
          Action: "cloudwatch:DescribeAlarms",
          Resource: anyAlarmArn(context),
        },
      ],
      platform: [
        ...functionStatements(context, "release-control"),
        sendToDeadLetterQueues(context),
        {
          // Lambda itself passes the function's answers on, with this role.
          Sid: "PassAnswersOn",
          Effect: "Allow",
          Action: "events:PutEvents",
          Resource: `arn:aws:events:${region}:${accountId}:event-bus/default`,
        },
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "operations"] }) },
  };
}
