import type { CostLine } from "../../policies/cost/pricing/charge";

/** What money is spent on, as the first design of the platform divided it, and what that design left out. */
export const SUBJECTS = [
  "hosted inference",
  "training, processing, batch scoring",
  "Studio",
  "S3",
  "interface endpoints",
  "Feature Store, online",
  "API, functions, firewall",
  "keys, logs, metrics, alarms, tables, images, transfer",
] as const;
export type Subject = (typeof SUBJECTS)[number];

const BY_TYPE: readonly (readonly [RegExp, Subject])[] = [
  [/^aws:sagemaker\/endpoint:/, "hosted inference"],
  [/^aws:sfn\/stateMachine:/, "training, processing, batch scoring"],
  [/^aws:sagemaker\/userProfile:/, "Studio"],
  [/^aws:s3\//, "S3"],
  [/^aws:ec2\/vpcEndpoint:/, "interface endpoints"],
  [/^aws:sagemaker\/featureGroup:/, "Feature Store, online"],
  [/^aws:(apigateway|apigatewayv2|lambda|wafv2)\//, "API, functions, firewall"],
];

export function subjectOf({ type }: Pick<CostLine, "type">): Subject {
  return (
    BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ??
    "keys, logs, metrics, alarms, tables, images, transfer"
  );
}
