import * as awsx from "@pulumi/awsx";

/** The network that awsx makes when it is asked for nothing in particular. */
export function network(): void {
  new awsx.ec2.Vpc("network", { subnetStrategy: "Auto" });
}
