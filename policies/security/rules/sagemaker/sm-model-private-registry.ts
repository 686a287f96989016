import type { ResourceRule } from "../../../kit";
import { containerPaths, containersOf } from "./containers";

const ECR_HOST = /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//;

export const smModelPrivateRegistry: ResourceRule = {
  id: "sm-model-private-registry",
  title: "Model images come from ECR or from a registry in the VPC",
  severity: "medium",
  rationale: "An image pulled over the internet can change or vanish, and its pull leaves the VPC.",
  controls: ["SageMaker.16", "SageMaker.19", "SM-14"],
  inspects: {
    "aws:sagemaker/model:Model": [
      ...containerPaths("image"),
      ...containerPaths("imageConfig.repositoryAccessMode"),
    ],
  },
  remedy: 'Push the image to ECR, or set imageConfig.repositoryAccessMode to "Vpc".',
  check: (model) => {
    for (const container of containersOf(model)) {
      const image = container.at("image").read<string>();
      if (image === undefined || ECR_HOST.test(image)) continue;
      container.require<string>(
        "imageConfig.repositoryAccessMode",
        (v) => v === "Vpc",
        `the image ${image} is pulled from outside the VPC`,
      );
    }
  },
};
