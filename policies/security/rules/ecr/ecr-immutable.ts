import type { ResourceRule } from "../../../kit";

export const ecrImmutable: ResourceRule = {
  id: "ecr-immutable",
  title: "Image tags cannot be moved",
  severity: "high",
  rationale: "With a moved tag the image that runs is not the image that was tested.",
  controls: ["CKV_AWS_51", "ECR.2", "AWS-0031"],
  inspects: {
    "aws:ecr/repository:Repository": ["imageTagMutability", "imageTagMutabilityExclusionFilters"],
  },
  remedy: 'Set imageTagMutability to "IMMUTABLE" without exclusions.',
  check: (repository) => {
    repository.require<string>("imageTagMutability", (v) => v === "IMMUTABLE", "tags can be moved");
    const exclusions = repository.at("imageTagMutabilityExclusionFilters");
    if (exclusions.isSet) exclusions.fail("some tags can be moved");
  },
  remediate: (properties) => {
    properties.imageTagMutability = "IMMUTABLE";
  },
};
