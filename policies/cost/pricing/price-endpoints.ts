import { charge, notKnownYet, unpriced, type Charge } from "./charge";
import { inputAt, listAt, numberAt, textAt, NOT_KNOWN_YET, type PlannedResource } from "./planned-resource";
import { HOURS_PER_MONTH, instancePriceKey } from "./price-table";
import type { Pricers, PricingContext } from "./pricer";
import { exactly, times, type Range } from "./range";

const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const SCALING_TARGET = "aws:appautoscaling/target:Target";
const SECONDS_PER_HOUR = 3600;
/** Memory of a serverless variant is set in MB, billed in GB-seconds. */
const MEGABYTES_PER_GIGABYTE = 1024;

/** An endpoint pays for every variant of its configuration; a configuration that no endpoint uses costs nothing. */
export const ENDPOINT_PRICERS: Pricers = {
  "aws:sagemaker/endpoint:Endpoint": (endpoint, context) => {
    const configuration = context.plan
      .ofType(CONFIGURATION)
      .find((candidate) => context.plan.refersTo(endpoint, "endpointConfigName", candidate));
    if (configuration === undefined)
      return [unpriced(endpoint, "variants", "its endpoint configuration is not in the plan")];
    return ["productionVariants", "shadowProductionVariants"].flatMap((property) => {
      const variants = listAt(configuration.inputs, property);
      if (variants === NOT_KNOWN_YET) return [notKnownYet(configuration, property, property)];
      return variants.flatMap((variant, i) => priceVariant(endpoint, variant, i, context));
    });
  },
};

function priceVariant(
  endpoint: PlannedResource,
  variant: unknown,
  position: number,
  context: PricingContext,
): readonly Charge[] {
  const given = textAt(variant, "variantName");
  const name = typeof given === "string" ? given : `variant ${position + 1}`;
  if (inputAt(variant, ["serverlessConfig"]) !== undefined)
    return priceServerless(endpoint, name, variant, context);
  const instanceType = textAt(variant, "instanceType");
  const count = variantCapacity(endpoint, name, variant, context);
  if (instanceType === NOT_KNOWN_YET) return [notKnownYet(endpoint, name, "instanceType")];
  if (instanceType === undefined) return [unpriced(endpoint, name, "it names no instance type")];
  if (count === undefined) return [notKnownYet(endpoint, name, "initialInstanceCount")];
  const assumptions = assumedOf(count);
  const instances = charge(context.prices, endpoint, {
    what: `${name}: ${describeRange(count)} x ${instanceType}`,
    quantity: times(count, exactly(HOURS_PER_MONTH)),
    priceKey: instancePriceKey(instanceType),
    assumptions,
  });
  const gigabytes = numberAt(variant, "volumeSizeInGb");
  if (gigabytes === undefined) return [instances];
  if (gigabytes === NOT_KNOWN_YET)
    return [instances, notKnownYet(endpoint, `${name} volume`, "volumeSizeInGb")];
  const storage = charge(context.prices, endpoint, {
    what: `${name}: ${gigabytes} GB per instance`,
    quantity: times(count, exactly(gigabytes)),
    priceKey: "ml-storage",
    assumptions,
  });
  return [instances, storage];
}

/** A fixed number needs no assumption about scaling. */
function assumedOf({ minimum, maximum }: Range): readonly ["scaledOutShare"] | [] {
  return minimum === maximum ? [] : ["scaledOutShare"];
}

function describeRange({ minimum, maximum }: Range): string {
  return minimum === maximum ? String(minimum) : `${minimum}-${maximum}`;
}

/** Instances of a variant: its scaling target's bounds, else managed scaling's, else the initial count. */
function variantCapacity(
  endpoint: PlannedResource,
  variantName: string,
  variant: unknown,
  context: PricingContext,
): Range | undefined {
  const initial = numberAt(variant, "initialInstanceCount");
  const target = scalingTargetOf(endpoint, variantName, context);
  const bounds = target
    ? [numberAt(target.inputs, "minCapacity"), numberAt(target.inputs, "maxCapacity")]
    : [
        numberAt(variant, "managedInstanceScaling", "minInstanceCount") ?? initial,
        numberAt(variant, "managedInstanceScaling", "maxInstanceCount") ?? initial,
      ];
  const [minimum, maximum] = bounds;
  if (typeof minimum !== "number" || typeof maximum !== "number") return undefined;
  return scaledBetween(minimum, maximum, context);
}

function scalingTargetOf(
  endpoint: PlannedResource,
  variantName: string,
  { plan }: PricingContext,
): PlannedResource | undefined {
  const endpointName = plan.physicalName(endpoint);
  return plan.ofType(SCALING_TARGET).find((target) => {
    const id = textAt(target.inputs, "resourceId");
    if (typeof id === "string") {
      const suffix = `/variant/${variantName}`;
      return endpointName === undefined
        ? id.endsWith(suffix) && plan.refersTo(target, "resourceId", endpoint)
        : id === `endpoint/${endpointName}${suffix}`;
    }
    // The id holds the endpoint's name; while that is unknown, the logical name still tells the variant.
    return plan.refersTo(target, "resourceId", endpoint) && target.name.includes(variantName);
  });
}

function priceServerless(
  endpoint: PlannedResource,
  name: string,
  variant: unknown,
  context: PricingContext,
): readonly Charge[] {
  const { prices, usage } = context;
  const megabytes = numberAt(variant, "serverlessConfig", "memorySizeInMb");
  if (typeof megabytes !== "number") return [notKnownYet(endpoint, name, "memorySizeInMb")];
  const gigabytes = megabytes / MEGABYTES_PER_GIGABYTE;
  const inference = charge(prices, endpoint, {
    what: `${name}: serverless, ${gigabytes} GB`,
    quantity: times(usage.serverlessRequestsPerMonth, usage.serverlessSecondsPerRequest, exactly(gigabytes)),
    priceKey: "serverless-inference",
    assumptions: ["serverlessRequestsPerMonth", "serverlessSecondsPerRequest"],
  });
  if (inputAt(variant, ["serverlessConfig", "provisionedConcurrency"]) === undefined) return [inference];
  const kept = keptWarm(endpoint, name, variant, context);
  if (kept === undefined) return [inference, notKnownYet(endpoint, name, "provisionedConcurrency")];
  return [
    inference,
    charge(prices, endpoint, {
      what: `${name}: ${describeRange(kept)} kept warm, ${gigabytes} GB`,
      quantity: times(kept, exactly(gigabytes * HOURS_PER_MONTH * SECONDS_PER_HOUR)),
      priceKey: "serverless-inference-provisioned",
      assumptions: assumedOf(kept),
    }),
  ];
}

/** Containers that are kept warm: the scaling target's bounds, else what the configuration says. */
function keptWarm(
  endpoint: PlannedResource,
  variantName: string,
  variant: unknown,
  context: PricingContext,
): Range | undefined {
  const given = numberAt(variant, "serverlessConfig", "provisionedConcurrency");
  const target = scalingTargetOf(endpoint, variantName, context);
  const minimum = target ? numberAt(target.inputs, "minCapacity") : given;
  const maximum = target ? numberAt(target.inputs, "maxCapacity") : given;
  if (typeof minimum !== "number" || typeof maximum !== "number") return undefined;
  return scaledBetween(minimum, maximum, context);
}

function scaledBetween(one: number, other: number, { usage }: PricingContext): Range {
  const [minimum, maximum] = [Math.min(one, other), Math.max(one, other)];
  return { minimum, expected: minimum + usage.scaledOutShare.expected * (maximum - minimum), maximum };
}
