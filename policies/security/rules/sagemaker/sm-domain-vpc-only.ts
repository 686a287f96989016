import type { ResourceRule } from "../../../kit";

export const smDomainVpcOnly: ResourceRule = {
  id: "sm-domain-vpc-only",
  title: "Studio domains are VPC-only",
  severity: "high",
  rationale:
    "The default sends all traffic of Studio apps but EFS through an internet route that we do not control.",
  controls: ["sagemaker_domain_vpc_only_enabled", "SM-27"],
  inspects: { "aws:sagemaker/domain:Domain": ["appNetworkAccessType"] },
  remedy: 'Set appNetworkAccessType to "VpcOnly".',
  check: (domain) =>
    domain.require<string>(
      "appNetworkAccessType",
      (v) => v === "VpcOnly",
      "apps of the domain reach the internet directly",
    ),
  remediate: (properties) => {
    properties.appNetworkAccessType = "VpcOnly";
  },
};
