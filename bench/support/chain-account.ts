import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { modelKey, SERVED_MODELS_PREFIX, servedModelsPrefix } from "../../contracts/model-artifact";
import { modelPointer } from "../../contracts/parameters";
import type { LiveVersion } from "../../contracts/run-documents";
import { publishedKey } from "../../contracts/runs";
import { VARIANTS } from "../../contracts/variants";
import { linkFiles } from "../../runtime/engine/files/link-files";
import { evaluate } from "../../runtime/evaluation/evaluate";
import { ModelStore } from "../../runtime/models/model-store";
import { LocalCloud } from "../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../runtime/pipelines/local/local-place";
import { setParameter } from "../../runtime/pipelines/local/services";
import type { ScoringInputs } from "./scoring-setup";

/** An account in which a week has been published for a lake that is there already: a night can begin. */
export async function openChainAccount(
  root: string,
  lake: { readonly folder: string; readonly cutoff: string },
  inputs: ScoringInputs,
): Promise<void> {
  const cloud = new LocalCloud(root);
  const { buckets } = localPlace();
  const uri = (name: string) => `s3://${buckets.processed}/before/${name}`;
  linkFiles(lake.folder, cloud.pathOf(uri("lake")));
  linkFiles(inputs.baseline, cloud.pathOf(uri("baseline")));
  const versions = await serveModels(cloud, inputs.models);
  const served = cloud.objectPath(buckets.models, SERVED_MODELS_PREFIX);
  const { features, baseline } = inputs;
  await evaluate({
    ...{ lake: inputs.lake, features, baseline, models: { served, versions } },
    out: cloud.pathOf(uri("evaluation")),
  });
  const publish = (name: "lake" | "week", manifest: Readonly<Record<string, string>>) =>
    cloud.writeText(JSON.stringify(manifest), cloud.objectPath(buckets.results, publishedKey(name)));
  const { cutoff } = lake;
  publish("lake", { lake: uri("lake"), cutoff, execution: "before" });
  const week = { baseline: uri("baseline"), evaluation: uri("evaluation"), lake: uri("lake") };
  publish("week", { ...week, runDate: cutoff, cutoff, execution: "before" });
}

async function serveModels(cloud: LocalCloud, models: string): Promise<LiveVersion[]> {
  const { buckets, environment } = localPlace();
  const store = new ModelStore(models);
  const live: LiveVersion[] = [];
  for (const variant of VARIANTS)
    for (const category of CATEGORIES) {
      const version = await store.current(variant, category);
      if (version === undefined) throw new Error(`${models} has no ${variant} of ${category}`);
      const key = modelKey(category, version);
      const path = cloud.objectPath(buckets.models, servedModelsPrefix(variant) + key);
      mkdirSync(dirname(path), { recursive: true });
      copyFileSync(join(models, key), path);
      setParameter(cloud, modelPointer(environment, variant, category), version);
      live.push({ variant, category, version });
    }
  return live;
}
