import type { StackRule } from "../../../kit";
import { serviceOf, VPC_ENDPOINT } from "./vpc-endpoints";

const VPC = "aws:ec2/vpc:Vpc";
const DOMAIN = "aws:sagemaker/domain:Domain";
const NAT = "aws:ec2/natGateway:NatGateway";

export const vpceRequiredSet: StackRule = {
  id: "vpce-required-set",
  title: "A network without internet has the VPC endpoints that the platform calls",
  severity: "high",
  rationale: "A missing endpoint shows only at run time, as a job that hangs until its time limit.",
  controls: ["EC2.10", "EC2.55", "EC2.56", "EC2.57", "EC2.58", "EC2.60"],
  inspects: { [VPC_ENDPOINT]: ["serviceName"], [VPC]: [], [DOMAIN]: ["appNetworkAccessType"] },
  remedy: "Add the endpoint, or take it out of the option services with the call that needs it.",
  options: {
    services: {
      type: "array",
      items: { type: "string" },
      description: "Services that must have an endpoint when there is no NAT gateway, without the region.",
      default: [
        "ecr.api",
        "ecr.dkr",
        "kms",
        "logs",
        "monitoring",
        "s3",
        "sagemaker.api",
        "sagemaker.runtime",
        "states",
        "sts",
      ],
    },
    studio: {
      type: "array",
      items: { type: "string" },
      description: "Services that must have an endpoint as well when there is a VPC-only Studio domain.",
      default: ["sagemaker.api", "sagemaker.studio"],
    },
  },
  checkStack: (stack) => {
    const vpc = stack.ofType(VPC)[0];
    if (!vpc || stack.ofType(NAT).length > 0) return;
    const studio = stack
      .ofType(DOMAIN)
      .some((domain) => domain.at("appNetworkAccessType").known === "VpcOnly");
    const required = [
      ...stack.option<string[]>("services"),
      ...(studio ? stack.option<string[]>("studio") : []),
    ];
    const present = stack.ofType(VPC_ENDPOINT).map(serviceOf);
    // An endpoint whose service is not known yet may be the missing one.
    if (present.includes(undefined)) return;
    for (const service of new Set(required)) {
      if (!present.includes(service)) vpc.fail(`the network has no endpoint for ${service}`, "", service);
    }
  },
};
