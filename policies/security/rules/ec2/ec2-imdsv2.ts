import type { ResourceRule } from "../../../kit";
import { INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "./machines";

export const ec2Imdsv2: ResourceRule = {
  id: "ec2-imdsv2",
  title: "Machines answer for their credentials by IMDSv2 only",
  severity: "high",
  rationale:
    "By version 1 any server-side request forgery in a program on the machine reads the role's credentials.",
  controls: [
    "CKV_AWS_79",
    "EC2.8",
    "EC2.170",
    "AWS-0028",
    "AWS-0130",
    "EC2IMDSv2Enabled",
    "guard:ec2_imdsv2_check",
  ],
  inspects: {
    [INSTANCE]: ["metadataOptions.httpTokens", "metadataOptions.httpEndpoint"],
    [LAUNCH_CONFIGURATION]: ["metadataOptions.httpTokens", "metadataOptions.httpEndpoint"],
    [LAUNCH_TEMPLATE]: ["metadataOptions.httpTokens", "metadataOptions.httpEndpoint"],
  },
  remedy: 'Set metadataOptions to { httpTokens: "required" }.',
  check: (machine) => {
    if (machine.at("metadataOptions.httpEndpoint").known === "disabled") return;
    machine.require<string>("metadataOptions.httpTokens", (v) => v === "required", "version 1 is answered");
  },
};
