import type { Which } from "../../support/breakage";
import { T } from "./types";

/** An alarm on a metric of AWS, which always has dimensions; one of our own may have none. */
export const onAwsMetric: Which = ({ inputs }) => String(inputs.namespace).startsWith("AWS/");

/** An alarm on a variant of an endpoint. */
export const onVariant: Which = ({ inputs }) =>
  (inputs.dimensions as Record<string, unknown> | undefined)?.VariantName !== undefined;

/** A queue that a function reads from. */
export const isSource: Which = (queue, all) =>
  all.some(
    ({ type, propertyDependencies }) =>
      type === T.source && propertyDependencies.eventSourceArn?.includes(queue.urn),
  );
