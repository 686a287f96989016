import { paginateGetParametersByPath, type SSMClient } from "@aws-sdk/client-ssm";
import { CATEGORIES, type Category } from "../../../contracts/categories";
import { modelPointer, PARAMETER_FOLDERS, parameterRoot } from "../../../contracts/parameters";
import { type Variant, VARIANTS } from "../../../contracts/variants";
import type { LiveVersions, ModelPointers } from "../model-pointers";

/** All pointers of an environment: eight parameters, one page. */
export class SsmPointers implements ModelPointers {
  public constructor(
    private readonly client: SSMClient,
    private readonly environment: string,
  ) {}

  public async readAll(): Promise<LiveVersions> {
    const values = new Map<string, string>();
    const path = parameterRoot(this.environment) + PARAMETER_FOLDERS.models;
    const pages = paginateGetParametersByPath(
      { client: this.client },
      { Path: path, Recursive: true, MaxResults: 10 },
    );
    for await (const { Parameters } of pages) {
      for (const { Name, Value } of Parameters ?? []) if (Name && Value) values.set(Name, Value);
    }
    const ofVariant = (variant: Variant) =>
      Object.fromEntries(
        CATEGORIES.flatMap((category): [Category, string][] => {
          const version = values.get(modelPointer(this.environment, variant, category));
          return version === undefined ? [] : [[category, version]];
        }),
      );
    return Object.fromEntries(
      VARIANTS.map((variant) => [variant, ofVariant(variant)]),
    ) as unknown as LiveVersions;
  }
}
