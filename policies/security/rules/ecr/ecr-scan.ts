import type { ResourceRule } from "../../../kit";

export const ecrScan: ResourceRule = {
  id: "ecr-scan",
  title: "Images are scanned when they are pushed",
  severity: "high",
  rationale: "A known hole in a base image should stop the release and not be found in the field.",
  controls: ["CKV_AWS_163", "ECR.1", "AWS-0030"],
  inspects: { "aws:ecr/repository:Repository": ["imageScanningConfiguration.scanOnPush"] },
  remedy: "Set imageScanningConfiguration.scanOnPush to true.",
  check: (repository) =>
    repository.require<boolean>("imageScanningConfiguration.scanOnPush", (v) => v, "images are not scanned"),
  remediate: (properties) => {
    properties.imageScanningConfiguration = { scanOnPush: true };
  },
};
