import type { Statement } from "../../components/policy-document";

/** What the VPC service needs to write flow logs into one log group. */
export function flowLogStatements(logGroupArn: string): Statement[] {
  return [
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
    {
      Sid: "DescribeLogGroups",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      // The action knows no resource narrower than all groups of the account.
      Resource: "*",
    },
  ];
}
