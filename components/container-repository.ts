import * as pulumi from "@pulumi/pulumi";
import * as ecr from "@pulumi/aws/ecr";
import { sortedJson } from "./sorted-json";

export interface ContainerRepositoryArgs {
  /** Physical name: 2 to 256 lower-case characters. */
  readonly repositoryName: string;
  /** Key that encrypts the images. ECR fixes it when the repository is made. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Images kept; older ones go. The running image has to be among them. */
  readonly keptImageCount: number;
  /** Days after which an image without a tag (a failed or replaced push) goes. @default 7 */
  readonly untaggedDays?: number;
  /** Whether destroying the repository deletes its images. @default false */
  readonly deleteImages?: boolean;
}

/**
 * A private image repository: encrypted, every push scanned, tags that cannot be moved.
 *
 * It has no repository policy: only this account's roles pull from it, by their own permissions.
 */
export class ContainerRepository extends pulumi.ComponentResource {
  public readonly url: pulumi.Output<string>;

  /** @throws Error when no image, or more than ECR counts, would be kept */
  constructor(name: string, args: ContainerRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:containers:ContainerRepository", name, args, opts);
    const { repositoryName, kmsKeyArn, keptImageCount, untaggedDays = 7, deleteImages = false } = args;
    if (!Number.isInteger(keptImageCount) || keptImageCount < 1 || keptImageCount > 1000) {
      throw new Error(
        `keptImageCount of repository "${repositoryName}" is ${keptImageCount}; allowed: an integer from 1 to 1000`,
      );
    }
    const repository = new ecr.Repository(
      `${name}-images`,
      {
        name: repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: kmsKeyArn }],
        forceDelete: deleteImages,
      },
      { parent: this },
    );
    new ecr.LifecyclePolicy(
      `${name}-lifecycle`,
      { repository: repository.name, policy: sortedJson(lifecycle(untaggedDays, keptImageCount)) },
      { parent: this },
    );
    this.url = repository.repositoryUrl;
    this.registerOutputs({ url: this.url });
  }
}

/** ECR applies the rule with the lowest priority number first; "any" has to come last. */
function lifecycle(untaggedDays: number, keptImageCount: number) {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Images without a tag go after ${untaggedDays} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: untaggedDays,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: `The ${keptImageCount} newest images stay`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keptImageCount },
        action: { type: "expire" },
      },
    ],
  };
}
