import {
  BatchDeleteImageCommand,
  DescribeImagesCommand,
  type ECRClient,
  type ImageDetail,
} from "@aws-sdk/client-ecr";
import { cleanupStep, type Remnant } from "../cleanup-step";
import type { CleanupScope } from "../cleanup-scope";
import { unlessGone } from "../../../runtime/endpoints/aws/gone";
import { storageUsd } from "../prices";

/** What one BatchDeleteImage takes. */
const IMAGES_PER_CALL = 100;

/** Images of the repositories: a repository that holds one cannot be deleted. */
export function imagesStep(client: ECRClient, { repositoryNames }: CleanupScope) {
  return cleanupStep({
    kind: "container images",
    isWaitedFor: false,
    find: async () => {
      const found: Remnant[] = [];
      for (const name of repositoryNames) {
        const images = await imagesOf(client, name);
        if (images.length === 0) continue;
        const bytes = images.reduce((sum, { imageSizeInBytes = 0 }) => sum + imageSizeInBytes, 0);
        const detail = `${images.length} images, ${(bytes / 1e9).toFixed(2)} GB`;
        found.push({ name, detail, monthlyUsd: storageUsd(bytes, "ecr-storage") });
      }
      return found;
    },
    remove: async ({ name: repositoryName }) => {
      const digests = (await imagesOf(client, repositoryName)).map(({ imageDigest }) => ({ imageDigest }));
      for (let at = 0; at < digests.length; at += IMAGES_PER_CALL) {
        const imageIds = digests.slice(at, at + IMAGES_PER_CALL);
        const answer = await unlessGone(
          client.send(new BatchDeleteImageCommand({ repositoryName, imageIds })),
        );
        const failure = answer?.failures?.find(({ failureCode }) => failureCode !== "ImageNotFound");
        if (failure) throw new Error(`${failure.imageId?.imageDigest}: ${failure.failureReason}`);
      }
    },
  });
}

async function imagesOf(client: ECRClient, repositoryName: string): Promise<ImageDetail[]> {
  const images: ImageDetail[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await unlessGone(client.send(new DescribeImagesCommand({ repositoryName, nextToken })));
    images.push(...(answer?.imageDetails ?? []));
    nextToken = answer?.nextToken;
  } while (nextToken !== undefined);
  return images;
}
