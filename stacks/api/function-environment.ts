import type { API_ENVIRONMENT, ApiFunction } from "../../contracts/api";
import { experimentTableName } from "../../contracts/experiment";
import type { Context } from "../context";
import type { ApiFoundation } from "./api-foundation";

/** What a function asks for, and what it can do without but has here. */
type Required<Name extends ApiFunction> = Readonly<
  Record<keyof (typeof API_ENVIRONMENT)[Name]["required"], string>
>;

/** What each function reads from its environment (contracts/api.ts): plain names, all known in a preview. */
export function functionEnvironment(
  name: ApiFunction,
  context: Context,
  earlier: ApiFoundation,
): Readonly<Record<string, string>> {
  return { forecast, orders }[name](context, earlier);
}

function forecast(
  { settings, prefix }: Context,
  { dataLake, featureStore, serving }: ApiFoundation,
): Required<"forecast"> & { readonly EXPERIMENTS_TABLE: string } {
  const names = Object.entries(serving.endpoints).map(([key, { name }]) => [key, name]);
  return {
    SMARTRETAIL_ENVIRONMENT: settings.environment,
    ENDPOINT_NAMES: JSON.stringify(Object.fromEntries(names)),
    FEATURE_GROUP_NAME: featureStore.groups["store-sku-sales"].name,
    RESULTS_BUCKET: dataLake.buckets.results.name,
    EXPERIMENTS_TABLE: experimentTableName(prefix),
  };
}

function orders(_: Context, { dataLake }: ApiFoundation): Required<"orders"> {
  return { RESULTS_BUCKET: dataLake.buckets.results.name };
}
