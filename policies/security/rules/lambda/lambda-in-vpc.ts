import type { ResourceRule } from "../../../kit";
import { FUNCTION } from "./functions";

export const lambdaInVpc: ResourceRule = {
  id: "lambda-in-vpc",
  title: "Functions run in the VPC, in two zones",
  severity: "medium",
  rationale: "Outside the VPC a function reaches the internet; in one zone it stops with the zone.",
  controls: ["CKV_AWS_117", "Lambda.3", "Lambda.5", "LambdaInsideVPC", "guard:lambda_inside_vpc"],
  inspects: { [FUNCTION]: ["vpcConfig.subnetIds", "vpcConfig.securityGroupIds"] },
  remedy: "Set vpcConfig with subnets in two zones and a security group.",
  options: {
    minimumSubnets: {
      type: "integer",
      description: "Subnets (one a zone) that are enough.",
      default: 2,
      minimum: 1,
    },
  },
  check: (fn) => {
    const minimum = fn.option<number>("minimumSubnets");
    fn.require<unknown[]>(
      "vpcConfig.subnetIds",
      (v) => v.length >= minimum,
      `the function is in fewer than ${minimum} subnets`,
    );
    fn.present("vpcConfig.securityGroupIds", "the function has no security group");
  },
};
