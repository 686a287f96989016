import type { ResourceRule } from "../../../kit";
import { INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "./machines";

const VOLUME = "aws:ebs/volume:Volume";

export const ec2VolumesEncrypted: ResourceRule = {
  id: "ec2-volumes-encrypted",
  title: "Volumes of machines are encrypted, the root volume as well",
  severity: "high",
  rationale:
    "A volume is encrypted only when somebody says so, for the account or here; its snapshots follow it.",
  controls: [
    "CKV_AWS_3",
    "CKV_AWS_8",
    "EC2.3",
    "AWS-0008",
    "AWS-0026",
    "AWS-0131",
    "EC2EBSVolumeEncrypted",
    "guard:encrypted_volumes",
  ],
  inspects: {
    [INSTANCE]: ["rootBlockDevice.encrypted", "ebsBlockDevices[*].encrypted"],
    [LAUNCH_CONFIGURATION]: ["rootBlockDevice.encrypted", "ebsBlockDevices[*].encrypted"],
    [LAUNCH_TEMPLATE]: ["blockDeviceMappings[*].ebs.encrypted"],
    [VOLUME]: ["encrypted", "snapshotId"],
  },
  remedy: "Set encrypted to true, or encrypt every volume of the account (ec2.EbsEncryptionByDefault).",
  check: (resource) => {
    if (resource.type === VOLUME) {
      if (!resource.at("snapshotId").isSet)
        resource.require<boolean>("encrypted", (v) => v, "the volume is not encrypted");
      return;
    }
    if (resource.type !== LAUNCH_TEMPLATE)
      resource.require<boolean>("rootBlockDevice.encrypted", (v) => v, "the root volume is not encrypted");
    for (const device of resource.at("ebsBlockDevices").items())
      device.require<boolean>("encrypted", (v) => v, "the volume is not encrypted");
    for (const device of resource.at("blockDeviceMappings").items())
      if (device.at("ebs").presence !== "unset")
        device.require<boolean | string>(
          "ebs.encrypted",
          (v) => String(v) === "true",
          "the volume is not encrypted",
        );
  },
};
