import type { ResourceRule } from "../../../kit";

export const ecrScan: ResourceRule = {
  id: "ecr-scan",
  title: "Images are scanned when they are pushed",
  severity: "high",
  rationale: "A known hole in a base image should stop the release and not be found in the field.",
  anchors: [
    "CKV_AWS_163",
    "ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
    "AWS-0030",
    "ECR.1",
    "ecr-private-image-scanning-enabled",
    "ecr_repositories_scan_images_on_push_enabled",
    "ecr_registry_scan_images_on_push_enabled",
    "compliance-policies: aws-ecr-repository-configure-image-scan",
    "KICS: Unscanned ECR Image",
  ],
  guards: { "aws:ecr/repository:Repository": ["imageScanningConfiguration.scanOnPush"] },
  remedy: "Set imageScanningConfiguration.scanOnPush to true.",
  check: (repository) =>
    repository.require<boolean>("imageScanningConfiguration.scanOnPush", (v) => v, "images are not scanned"),
  remediate: (properties) => {
    properties.imageScanningConfiguration = { scanOnPush: true };
  },
};
