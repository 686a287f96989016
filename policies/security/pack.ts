import { definePack } from "../kit";
import { GENERAL } from "./general";
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
import { athenaRules } from "./rules/athena";
import { cloudfrontRules } from "./rules/cloudfront";
import { ec2Rules } from "./rules/ec2";
import { ecsRules } from "./rules/ecs";
import { loadBalancingRules } from "./rules/loadbalancing";
import { rdsRules } from "./rules/rds";
import { redshiftRules } from "./rules/redshift";

/** The security pack: what must hold for every resource of a SageMaker platform, whatever it costs. */
export const securityPack = definePack({
  name: "security",
  displayName: "SmartRetail security",
  description: "Security and operability rules for machine-learning platforms on AWS, SageMaker first.",
  general: GENERAL,
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
    ...athenaRules,
    ...cloudfrontRules,
    ...ec2Rules,
    ...ecsRules,
    ...loadBalancingRules,
    ...rdsRules,
    ...redshiftRules,
    ...stackRules,
  ],
});
