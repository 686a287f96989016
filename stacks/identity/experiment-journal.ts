import type { Statement } from "../../components/policy-document";
import { experimentTableName } from "../../contracts/experiment";
import type { Context } from "../context";

/** What is served in each category. */
export function readExperiments(context: Context): Statement {
  return { Sid: "ReadExperiments", Effect: "Allow", Action: "dynamodb:Query", Resource: journalArn(context) };
}

/** Neither updates nor deletions: a decision that is written down stays. */
export function writeExperiments(context: Context): Statement {
  return {
    Sid: "WriteExperiments",
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    Resource: journalArn(context),
  };
}

/** How both variants serve: what an experiment is rolled back by. */
export function readServiceMetrics(): Statement {
  return {
    Sid: "ReadServiceMetrics",
    Effect: "Allow",
    Action: "cloudwatch:GetMetricData",
    // Metrics have no resource.
    Resource: "*",
  };
}

function journalArn({ accountId, region, prefix }: Context): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${experimentTableName(prefix)}`;
}
