import { existsSync, mkdirSync } from "node:fs";
import { CATEGORIES } from "../../../contracts/categories";
import { packModelArchive } from "../../../contracts/model-archive";
import { modelKey, modelVersion, servedModelsPrefix } from "../../../contracts/model-artifact";
import { modelPointer } from "../../../contracts/parameters";
import { VARIANTS } from "../../../contracts/variants";
import { sqlBaselineModel } from "../../../forecasting/models/sql-baseline-model";
import { replaceFileSync } from "../../engine/files/replace-file";
import type { LocalCloud } from "./local-cloud";
import { localPlace } from "./local-place";
import { readParameter, setParameter } from "./services";
import { dirname } from "node:path";

/**
 * What `smartretail bootstrap` does to an empty account: the model that answers 1 to everything serves every category, until the
 * weekly machine proposes better ones and an experiment promotes them. What is live already stays.
 */
export function openAccount(cloud: LocalCloud): void {
  const { buckets, environment } = localPlace();
  for (const category of CATEGORIES) {
    const file = sqlBaselineModel(category).save();
    const version = modelVersion(undefined, file);
    for (const variant of VARIANTS) {
      const name = modelPointer(environment, variant, category);
      if (readParameter(cloud, name) !== undefined) continue;
      const path = cloud.objectPath(
        buckets.models,
        servedModelsPrefix(variant) + modelKey(category, version),
      );
      mkdirSync(dirname(path), { recursive: true });
      if (!existsSync(path)) replaceFileSync(path, packModelArchive(file));
      setParameter(cloud, name, version);
    }
  }
}
