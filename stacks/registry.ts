import * as sagemaker from "@pulumi/aws/sagemaker";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import type { Context } from "./context";
import { CATEGORIES, type Category } from "../contracts/categories";

/** SageMaker: a model package group name has at most 63 characters. */
const GROUP_NAME_MAX = 63;

export interface Registry {
  readonly groups: Readonly<Record<Category, { readonly name: string; readonly arn: string }>>;
}

/** The model registry: one group per category holds its versions, their metrics and their approval. */
export function createRegistry(context: Context): Registry {
  const slice = new Slice("registry");
  const { prefix, region, accountId, settings } = context;
  const groups = CATEGORIES.map((category) => {
    const name = physicalName(GROUP_NAME_MAX, prefix, category);
    new sagemaker.ModelPackageGroup(
      `models-${category}`,
      {
        modelPackageGroupName: name,
        modelPackageGroupDescription: `Demand forecast models of the category ${category}, ${settings.environment}`,
      },
      // A group cannot be deleted while it holds versions, and they are the record of what was once live.
      { parent: slice, protect: settings.protectData },
    );
    const arn = `arn:aws:sagemaker:${region}:${accountId}:model-package-group/${name}`;
    return [category, { name, arn }] as const;
  });
  return { groups: Object.fromEntries(groups) as Registry["groups"] };
}
