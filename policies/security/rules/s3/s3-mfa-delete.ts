import type { ResourceRule } from "../../../kit";
import { split } from "./buckets";

export const s3MfaDelete: ResourceRule = {
  id: "s3-mfa-delete",
  title: "Deleting a version needs a second factor",
  severity: "low",
  rationale:
    "Only the root user can switch it on, with a device in hand: Pulumi cannot, so it is off by default.",
  controls: ["S3.20", "AWS-0170"],
  inspects: { [split("BucketVersioning")]: ["versioningConfiguration.mfaDelete"] },
  remedy: "Switch on MFA delete by hand with the root user and set mfaDelete in the program.",
  optIn: true,
  check: (versioning) =>
    versioning.require<string>(
      "versioningConfiguration.mfaDelete",
      (v) => v === "Enabled",
      "versions can be deleted without a second factor",
    ),
};
