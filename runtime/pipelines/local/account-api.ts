import { CATEGORIES } from "../../../contracts/categories";
import { servedModelsPrefix } from "../../../contracts/model-artifact";
import { modelPointer } from "../../../contracts/parameters";
import type { Variant } from "../../../contracts/variants";
import { systemClock } from "../../api/clock";
import { type LocalApi, type LocalApiOptions, openApi } from "../../api/local-api";
import { LocalEndpoint } from "../../endpoints/local/model-endpoint";
import type { ModelEndpoint } from "../../endpoints/model-endpoint";
import { ModelStore } from "../../models/model-store";
import { FolderObjects } from "../../stores/local/folder-objects";
import { ParquetFeatures } from "../../stores/local/parquet-features";
import type { LiveVersions } from "../../stores/model-pointers";
import { NightFiles } from "../../stores/night-files";
import { publishedNight } from "../../stores/published-night";
import type { LocalCloud } from "./local-cloud";
import { localPlace } from "./local-place";
import { readParameter } from "./services";

/** The API over what the machines have published in an account on this computer, found as the deployed functions find it. */
export async function openAccountApi(
  cloud: LocalCloud,
  options: Pick<LocalApiOptions, "splits" | "log" | "onError" | "today">,
): Promise<LocalApi> {
  const { buckets, onlineGroup } = localPlace();
  const results = cloud.objectPath(buckets.results, "");
  const objects = new FolderObjects(results);
  return openApi({
    ...options,
    confirmed: results,
    night: new NightFiles(objects, publishedNight(objects, buckets.results), systemClock.now),
    features: await ParquetFeatures.ofGroup(cloud.at("online", onlineGroup)),
    endpoint: endpointOf(cloud),
    pointers: { readAll: () => Promise.resolve(livePointers(cloud)) },
  });
}

/** Both variants, each over its own prefix of the models bucket. */
function endpointOf(cloud: LocalCloud): ModelEndpoint {
  const { models } = localPlace().buckets;
  const variant = (name: Variant) =>
    new LocalEndpoint(new ModelStore(cloud.objectPath(models, servedModelsPrefix(name))));
  const variants = { champion: variant("champion"), challenger: variant("challenger") };
  return { invoke: (invocation) => variants[invocation.variant].invoke(invocation) };
}

function livePointers(cloud: LocalCloud): LiveVersions {
  const { environment } = localPlace();
  const versionsOf = (variant: Variant) =>
    Object.fromEntries(
      CATEGORIES.flatMap((category) => {
        const version = readParameter(cloud, modelPointer(environment, variant, category));
        return version === undefined ? [] : [[category, version]];
      }),
    );
  return { champion: versionsOf("champion"), challenger: versionsOf("challenger") };
}
