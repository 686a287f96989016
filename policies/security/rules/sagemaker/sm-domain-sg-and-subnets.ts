import type { ResourceRule } from "../../../kit";

/** One subnet is one availability zone: its failure takes Studio with it. */
const MIN_SUBNETS = 2;

export const smDomainSgAndSubnets: ResourceRule = {
  id: "sm-domain-sg-and-subnets",
  title: "Studio domains name their security groups and two subnets",
  severity: "medium",
  rationale:
    "Without groups SageMaker attaches the VPC's default one; with one subnet a zone failure stops everybody.",
  controls: [],
  inspects: { "aws:sagemaker/domain:Domain": ["defaultUserSettings.securityGroups", "subnetIds"] },
  remedy: "Set defaultUserSettings.securityGroups and subnets in at least two availability zones.",
  check: (domain) => {
    domain.present("defaultUserSettings.securityGroups", "users get the VPC's default security group");
    domain.require<unknown[]>(
      "subnetIds",
      (v) => v.length >= MIN_SUBNETS,
      "the domain is in fewer than two subnets",
    );
  },
};
