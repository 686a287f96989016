import { definePack } from "../kit";
import { sagemakerRules } from "./rules/sagemaker";
import { sfnRules } from "./rules/sfn";
import { eventsRules } from "./rules/events";
import { schedulerRules } from "./rules/scheduler";
import { s3Rules } from "./rules/s3";
import { kmsRules } from "./rules/kms";
import { iamRules } from "./rules/iam";
import { networkRules } from "./rules/network";
import { lambdaRules } from "./rules/lambda";
import { apiRules } from "./rules/api";
import { ecrRules } from "./rules/ecr";
import { messagingRules } from "./rules/messaging";
import { cloudwatchRules } from "./rules/cloudwatch";
import { dynamodbRules } from "./rules/dynamodb";
import { stackRules } from "./rules/stack";

/** The security pack: what must hold for every resource of a SageMaker platform, whatever it costs. */
export const securityPack = definePack({
  name: "security",
  displayName: "SmartRetail security",
  description: "Security and operability rules for machine-learning platforms on AWS, SageMaker first.",
  rules: [
    ...sagemakerRules,
    ...sfnRules,
    ...eventsRules,
    ...schedulerRules,
    ...s3Rules,
    ...kmsRules,
    ...iamRules,
    ...networkRules,
    ...lambdaRules,
    ...apiRules,
    ...ecrRules,
    ...messagingRules,
    ...cloudwatchRules,
    ...dynamodbRules,
    ...stackRules,
  ],
});
