import type { StackRule } from "../../../kit";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const vpcFlowLogs: StackRule = {
  id: "vpc-flow-logs",
  title: "Every VPC records its traffic",
  severity: "medium",
  rationale: "Only flow logs show which connections were rejected, and which should have been.",
  controls: ["CKV2_AWS_11", "EC2.6", "AWS-0178", "VPCFlowLogsEnabled", "guard:vpc_flow_logs_enabled"],
  inspects: { [VPC]: [], [FLOW_LOG]: ["trafficType", "vpcId", "logDestination"] },
  remedy: 'Add a FlowLog of the VPC with trafficType "ALL" or "REJECT".',
  checkStack: (stack) => {
    for (const vpc of stack.ofType(VPC)) {
      const logs = stack.referring(vpc, FLOW_LOG, "vpcId");
      if (logs.length === 0) vpc.fail("the traffic of the VPC is not recorded");
      for (const log of logs) {
        log.require<string>(
          "trafficType",
          (v) => ["ALL", "REJECT"].includes(v),
          "rejected traffic is not recorded",
        );
        log.present("logDestination", "the flow log has no destination");
      }
    }
  },
};
