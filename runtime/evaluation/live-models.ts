import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { unpackModelArchive } from "../../contracts/model-archive";
import { MODEL_VERSION_PATTERN, modelKey } from "../../contracts/model-artifact";
import type { LiveVersion } from "../../contracts/run-documents";
import { VARIANTS } from "../../contracts/variants";
import { type BoostedTrees, loadBoostedTrees } from "../../forecasting/models/boosted-trees";
import type { CategoryForecasters } from "./scored-rows";

/** Which versions are live, and the folder that holds them: `<variant>/<category>/<version>.tar.gz`. */
export interface LiveModels {
  readonly served: string;
  readonly versions: readonly LiveVersion[];
}

/** `champion/drinks=20261122-0123abcd`, as the machines give the pointers to a stage. */
export function parseVersion(text: string): LiveVersion {
  const [, variant, category, version] = /^([a-z]+)\/([a-z]+)=(.+)$/.exec(text) ?? [];
  const live = {
    variant: VARIANTS.find((name) => name === variant),
    category: CATEGORIES.find((name) => name === category),
    version,
  };
  if (!live.variant || !live.category || !MODEL_VERSION_PATTERN.test(version ?? "")) {
    throw new Error(
      `version "${text}": allowed is <variant>/<category>=<version>, champion/drinks=20261122-0123abcd`,
    );
  }
  return live as LiveVersion;
}

/** The model of an archive, whatever has made it: a forest without a split is one too. */
export function loadArchive(category: Category, path: string): BoostedTrees {
  if (!existsSync(path)) throw new Error(`${path}: there is no such model version`);
  return loadBoostedTrees(category, unpackModelArchive(readFileSync(path)).toString("utf8"));
}

/** Champion and challenger of each category; where only one is live it is both. */
export function loadLive({ served, versions }: LiveModels): Map<Category, CategoryForecasters> {
  const forecasters = new Map<Category, CategoryForecasters>();
  for (const category of CATEGORIES) {
    const load = (variant: string) => {
      const live = versions.find((each) => each.variant === variant && each.category === category);
      return live && loadArchive(category, join(served, variant, modelKey(category, live.version)));
    };
    const [champion, challenger] = [load("champion"), load("challenger")];
    const first = champion ?? challenger;
    if (first) forecasters.set(category, { champion: first, challenger: challenger ?? first });
  }
  return forecasters;
}
