import { StateError } from "../../../asl/interpreter/state-error";
import type { Json } from "../../../asl/states";
import { fileNameOf, type LocalCloud } from "./local-cloud";
import type { ServiceCall } from "./services";

/** A version in the registry of this computer, `packages/<group>/<hash of its token>.json`. */
export interface ModelPackage {
  readonly ModelPackageArn: string;
  readonly ModelPackageGroupName: string;
  readonly ModelApprovalStatus: "Approved" | "Rejected" | "PendingManualApproval";
  readonly CustomerMetadataProperties: Readonly<Record<string, string>>;
}

type Proposal = Omit<ModelPackage, "ModelPackageArn"> & { readonly ClientToken: string };

const GROUP_OF_ARN = /:model-package\/([^/]+)\/(.+)$/;

/** The same proposal twice is one version: its ClientToken says so. */
export function createModelPackage({ cloud, given }: ServiceCall<Proposal>): Json {
  const group = given.ModelPackageGroupName;
  const file = fileNameOf(given.ClientToken);
  const ModelPackageArn = `arn:aws:sagemaker:ap-northeast-1:000000000000:model-package/${group}/${file.replace(".json", "")}`;
  if (cloud.readJson("packages", group, file) === undefined)
    cloud.writeJson({ ...given, ModelPackageArn }, "packages", group, file);
  return { ModelPackageArn };
}

export function describeModelPackage({ cloud, given }: ServiceCall<{ ModelPackageName: string }>): Json {
  return readPackage(cloud, given.ModelPackageName) as unknown as Json;
}

export function updateModelPackage({
  cloud,
  given,
}: ServiceCall<Partial<ModelPackage> & { ModelPackageArn: string }>): Json {
  const [, group = "", name = ""] = GROUP_OF_ARN.exec(given.ModelPackageArn) ?? [];
  const found = readPackage(cloud, given.ModelPackageArn);
  cloud.writeJson({ ...found, ...given }, "packages", group, `${name}.json`);
  return { ModelPackageArn: given.ModelPackageArn };
}

/** All versions of all groups. */
export function modelPackages(cloud: LocalCloud): ModelPackage[] {
  return cloud
    .names("packages")
    .flatMap((group) =>
      cloud.names("packages", group).map((file) => cloud.readJson<ModelPackage>("packages", group, file)!),
    );
}

function readPackage(cloud: LocalCloud, arn: string): ModelPackage {
  const [, group = "", name = ""] = GROUP_OF_ARN.exec(arn) ?? [];
  const found = cloud.readJson<ModelPackage>("packages", group, `${name}.json`);
  if (!found) throw new StateError("SageMaker.ResourceNotFoundException", `there is no model package ${arn}`);
  return found;
}
