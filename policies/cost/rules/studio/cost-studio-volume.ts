import type { ResourceRule } from "../../../kit";
import { DOMAIN, SPACE, USER_PROFILE } from "../tokens";

const SIZES = ["defaultEbsVolumeSizeInGb", "maximumEbsVolumeSizeInGb"];
const sizesOf = (owner: string) =>
  SIZES.map((size) => `${owner}.spaceStorageSettings.defaultEbsStorageSettings.${size}`);
const SPACE_SIZE = "spaceSettings.spaceStorageSettings.ebsStorageSettings.ebsVolumeSizeInGb";
const PATHS: Readonly<Record<string, readonly string[]>> = {
  [DOMAIN]: [...sizesOf("defaultUserSettings"), ...sizesOf("defaultSpaceSettings")],
  [USER_PROFILE]: sizesOf("userSettings"),
  [SPACE]: [SPACE_SIZE],
};

export const costStudioVolume: ResourceRule = {
  id: "cost-studio-volume",
  title: "Volumes of Studio spaces have an upper bound",
  severity: "low",
  rationale: "A space keeps its volume, and pays for it, until somebody deletes the space.",
  remedy: "Lower the default and the maximum EBS volume size.",
  controls: ["ebs_volume_large"],
  inspects: PATHS,
  options: {
    maximumGigabytes: {
      type: "integer",
      minimum: 5,
      description: "Largest volume of a space in GB.",
      default: 100,
    },
  },
  check: (resource) => {
    const maximum = resource.option<number>("maximumGigabytes");
    for (const path of PATHS[resource.type] ?? [])
      resource.forbid<number>(path, (size) => size > maximum, `a space may have more than ${maximum} GB`);
  },
};
