import type { ResourceRule } from "../../../kit";
import { INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "./machines";

export const ec2NoPublicIp: ResourceRule = {
  id: "ec2-no-public-ip",
  title: "Machines have no public address of their own",
  severity: "high",
  rationale:
    "A machine on the internet is scanned within minutes; behind a load balancer it need not be there.",
  controls: [
    "CKV_AWS_88",
    "EC2.9",
    "EC2.25",
    "AWS-0009",
    "EC2InstanceNoPublicIp",
    "guard:ec2_instance_no_public_ip",
  ],
  inspects: {
    [INSTANCE]: ["associatePublicIpAddress"],
    [LAUNCH_CONFIGURATION]: ["associatePublicIpAddress"],
    [LAUNCH_TEMPLATE]: ["networkInterfaces[*].associatePublicIpAddress"],
  },
  remedy: "Remove associatePublicIpAddress; use Session Manager to log in and a load balancer to serve.",
  check: (machine) => {
    const isPublic = (value: boolean | string): boolean => String(value) === "true";
    machine.forbid("associatePublicIpAddress", isPublic, "the machine is on the internet");
    for (const face of machine.at("networkInterfaces").items())
      if (face.at("associatePublicIpAddress").isSet)
        face.forbid("associatePublicIpAddress", isPublic, "the machine is on the internet");
  },
};
