import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as awsxEcr from "@pulumi/awsx/ecr";
import { ContainerRepository } from "../components/container-repository";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import type { Context } from "./context";
import { imageContentTag } from "./image-content";
import type { Keys } from "./keys";

/** ECR: a repository name has at most 256 characters. */
const REPOSITORY_NAME_MAX = 256;
/** Enough to go back some weeks of nightly builds; an image costs 0.10 USD per GB and month. */
const KEPT_IMAGE_COUNT = 30;

export interface Containers {
  readonly repositoryUrl: pulumi.Output<string>;
  /** By digest, so that a job definition names one image for ever. */
  readonly processingImageUri: pulumi.Output<string>;
}

/** The platform's own image and its repository. SageMaker's built-in images come from AWS's registries. */
export function createContainers(context: Context, { keys }: { keys: Keys }): Containers {
  const slice = new Slice("containers");
  const { settings, prefix } = context;
  const repository = new ContainerRepository(
    "processing",
    {
      repositoryName: physicalName(REPOSITORY_NAME_MAX, prefix, "processing"),
      kmsKeyArn: keys.operations.arn,
      keptImageCount: KEPT_IMAGE_COUNT,
      deleteImages: settings.emptyBucketsOnDestroy,
    },
    { parent: slice },
  );
  const processingImageUri =
    settings.processingImageUri === ""
      ? buildProcessingImage(repository.url, slice)
      : pulumi.output(settings.processingImageUri);
  return { repositoryUrl: repository.url, processingImageUri };
}

/** Paths are relative to the folder of Pulumi.yaml: the build context is the repository, .dockerignore keeps it small. */
function buildProcessingImage(repositoryUrl: pulumi.Output<string>, parent: Slice): pulumi.Output<string> {
  const image = new awsxEcr.Image(
    "processing-build",
    {
      repositoryUrl,
      context: ".",
      dockerfile: "containers/processing/Dockerfile",
      platform: "linux/amd64",
      imageTag: imageContentTag(join(__dirname, "..")),
    },
    { parent },
  );
  return image.imageUri;
}
