import type { ResourceCheck, Value } from "../../../kit";
import { hasLocalNvme } from "../../nvme";

/** The production and shadow variants of an endpoint configuration. */
export function variantsOf(configuration: ResourceCheck): Value[] {
  return [
    ...configuration.at("productionVariants").items(),
    ...configuration.at("shadowProductionVariants").items(),
  ];
}

/** Where a variant keeps its data: a serverless one has no volume of ours, NVMe disks take no KMS key. */
export function storageOf(variant: Value): "serverless" | "nvme" | "volume" | "unknown" {
  if (variant.at("serverlessConfig").isSet) return "serverless";
  const type = variant.at("instanceType");
  if (type.presence === "unset") return "serverless";
  const known = type.read<string>();
  if (known === undefined) return "unknown";
  return hasLocalNvme(known) ? "nvme" : "volume";
}

/** Whether any production variant runs on instances (serverless endpoints have no capture, VPC or counts). */
export function hasInstances(configuration: ResourceCheck): boolean {
  return variantsOf(configuration).some((variant) => !["serverless", "unknown"].includes(storageOf(variant)));
}
