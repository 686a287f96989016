import type { StackRule } from "../../../kit";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const vpcFlowLogs: StackRule = {
  id: "vpc-flow-logs",
  title: "Every VPC records its traffic",
  severity: "medium",
  rationale: "Only flow logs show which connections were refused, and which should have been.",
  anchors: [
    "CKV2_AWS_11",
    "VPCFlowLogsEnabled",
    "VPC_FLOW_LOGS_ENABLED",
    "AWS-0178",
    "EC2.6",
    "vpc-flow-logs-enabled",
    "vpc_flow_logs_enabled",
    "KICS: VPC FlowLogs Disabled",
  ],
  guards: { [VPC]: [], [FLOW_LOG]: ["trafficType", "vpcId", "logDestination", "logGroupName"] },
  remedy: 'Add a FlowLog of the VPC with trafficType "ALL" or "REJECT".',
  checkStack: (stack) => {
    for (const vpc of stack.ofType(VPC)) {
      const logs = stack.referring(vpc, FLOW_LOG, "vpcId");
      if (logs.length === 0) vpc.fail("the traffic of the VPC is not recorded");
      for (const log of logs) {
        log.require<string>(
          "trafficType",
          (v) => ["ALL", "REJECT"].includes(v),
          "refused traffic is not recorded",
        );
        if (!log.at("logDestination").isSet && !log.at("logGroupName").isSet)
          log.fail("the flow log has no destination", "logDestination");
      }
    }
  },
};
