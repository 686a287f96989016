import * as pulumi from "@pulumi/pulumi";
import * as s3 from "@pulumi/aws/s3";
import * as ssm from "@pulumi/aws/ssm";
import { MODEL_VERSION_PATTERN, modelKey } from "../contracts/model-artifact";

export interface ModelRepositoryArgs {
  readonly bucket: pulumi.Input<string>;
  /** Key that encrypts the bucket's objects. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** S3 prefix with a trailing slash, e.g. `mme/champion/`. */
  readonly prefix: string;
  /** Models that the repository holds, e.g. the categories. */
  readonly models: readonly string[];
  /** Version of the first artifact. */
  readonly bootstrapVersion: string;
  /** The first artifact: a model.tar.gz, base64. */
  readonly bootstrapArchive: string;
  /** SSM path of the pointers with a trailing slash: `<path><model>` names the live version. */
  readonly pointerPath: string;
}

/**
 * The model repository of one production variant: immutable artifacts `<prefix><model>/<version>.tar.gz`, and per model a
 * pointer to the live version.
 *
 * Artifacts are never overwritten: a multi-model container keeps what it has loaded, and would go on serving the old file.
 * Only the first version is made here, so that an empty account has something to serve. Promotions and
 * rollbacks move the pointer; the program ignores its value from then on (docs/adr/0007).
 */
export class ModelRepository extends pulumi.ComponentResource {
  /** Parameter name per model. */
  public readonly pointers: Readonly<Record<string, string>>;
  /** Done when the bootstrap artifacts are in the bucket. */
  public readonly artifacts: readonly s3.BucketObjectv2[];

  /** @throws Error naming the argument that is malformed */
  constructor(name: string, args: ModelRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    const { bootstrapArchive, ...shown } = args;
    super("smartretail:serving:ModelRepository", name, shown, opts);
    validateArgs(args);
    this.artifacts = args.models.map(
      (model) =>
        new s3.BucketObjectv2(
          `${name}-${model}-artifact`,
          {
            bucket: args.bucket,
            key: args.prefix + modelKey(model, args.bootstrapVersion),
            contentBase64: bootstrapArchive,
            contentType: "application/gzip",
            serverSideEncryption: "aws:kms",
            kmsKeyId: args.kmsKeyArn,
            bucketKeyEnabled: true,
          },
          // Another bootstrap model is another key; the live pointer may still name this one.
          { parent: this, retainOnDelete: true },
        ),
    );
    this.pointers = Object.fromEntries(args.models.map((model) => [model, args.pointerPath + model]));
    for (const model of args.models) {
      new ssm.Parameter(
        `${name}-${model}-pointer`,
        {
          name: args.pointerPath + model,
          description: `Live version of ${args.prefix}${model}; moved by promotions and rollbacks`,
          type: "String",
          // Not secret, and a plan should show it.
          insecureValue: args.bootstrapVersion,
          allowedPattern: MODEL_VERSION_PATTERN.source,
        },
        { parent: this, ignoreChanges: ["insecureValue"] },
      );
    }
    this.registerOutputs({ pointers: this.pointers });
  }
}

function validateArgs({ prefix, pointerPath, bootstrapVersion, models }: ModelRepositoryArgs): void {
  if (!/^([a-z0-9-]+\/)+$/.test(prefix)) {
    throw new Error(
      `prefix is "${prefix}"; allowed: folders of lower-case letters, digits and hyphens, each with a slash after it`,
    );
  }
  if (!/^\/([a-zA-Z0-9_.-]+\/)+$/.test(pointerPath)) {
    throw new Error(
      `pointerPath is "${pointerPath}"; allowed: a path such as /platform/models/, slashes at both ends`,
    );
  }
  if (!MODEL_VERSION_PATTERN.test(bootstrapVersion)) {
    throw new Error(
      `bootstrapVersion is "${bootstrapVersion}"; allowed: a day or "bootstrap" and 8 hex digits, such as 20260927-f2a3107e`,
    );
  }
  if (models.length === 0) throw new Error("models has no entry; allowed: at least one model");
}
