import type { RoleTrust } from "../../components/least-privilege-role";
import type { ArnScope } from "../context";

/**
 * Jobs, models and Studio profiles: their names are not all ours, so any resource of the account.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function sagemakerTrust({ accountId, region }: ArnScope): RoleTrust {
  return {
    service: "sagemaker.amazonaws.com",
    accountId,
    sourceArns: [`arn:aws:sagemaker:${region}:${accountId}:*`],
  };
}

/** Feature Store is not among the parts of SageMaker that are documented to name the resource they act for. */
export function featureStoreTrust({ accountId }: ArnScope): RoleTrust {
  return { service: "sagemaker.amazonaws.com", accountId };
}

export function stateMachineTrust({ accountId, region, prefix }: ArnScope): RoleTrust {
  return {
    service: "states.amazonaws.com",
    accountId,
    sourceArns: [`arn:aws:states:${region}:${accountId}:stateMachine:${prefix}-*`],
  };
}

/** EventBridge Scheduler names the group of a schedule, not the schedule. */
export function schedulerTrust({ accountId, region, prefix }: ArnScope): RoleTrust {
  return {
    service: "scheduler.amazonaws.com",
    accountId,
    sourceArns: [`arn:aws:scheduler:${region}:${accountId}:schedule-group/${prefix}*`],
  };
}

/** Which function it is, Lambda tells the services that the function calls, not the role's trust policy. */
export function lambdaTrust({ accountId }: ArnScope): RoleTrust {
  return { service: "lambda.amazonaws.com", accountId };
}
