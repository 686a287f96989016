import type { Rule } from "../../../kit";
import { ec2Imdsv2 } from "./ec2-imdsv2";
import { ec2NoPublicIp } from "./ec2-no-public-ip";
import { ec2NoSecrets } from "./ec2-no-secrets";
import { ec2VolumesEncrypted } from "./ec2-volumes-encrypted";

/** The rules about machines. */
export const ec2Rules: readonly Rule[] = [ec2Imdsv2, ec2NoPublicIp, ec2NoSecrets, ec2VolumesEncrypted];
