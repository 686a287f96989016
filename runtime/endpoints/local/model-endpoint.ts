import { MODEL_INPUT_NAMES } from "../../../contracts/model-input";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import type { TreeModel } from "../../../forecasting/trees/tree-model";
import { fromXgboostJson } from "../../../forecasting/trees/xgboost-json-reader";
import type { ModelStore } from "../../models/model-store";
import { BoundedCache } from "../../stores/bounded-cache";
import type { Invocation, ModelAnswer, ModelEndpoint } from "../model-endpoint";

/** Models in memory, as a multi-model container keeps them. */
const LOADED_MODELS = 16;

/** The models of this machine behind the built-in container's interface: CSV in, one line with commas out. */
export class LocalEndpoint implements ModelEndpoint {
  private readonly loaded = new BoundedCache<TreeModel>(LOADED_MODELS);

  public constructor(private readonly models: ModelStore) {}

  public async invoke({ category, version, csv }: Invocation): Promise<ModelAnswer> {
    const model = await this.loaded.get(`${category}/${version}`, async () =>
      fromXgboostJson(await this.models.file(category, version)),
    );
    const rows = csv.split("\n").map((line) => line.split(","));
    const width = MODEL_INPUT_NAMES.length;
    const wrong = rows.findIndex((fields) => fields.length !== width);
    if (wrong >= 0)
      throw new Error(`row ${wrong} has ${rows[wrong]!.length} values; the model takes ${width}`);
    const columns = MODEL_INPUT_NAMES.map((_, column) =>
      Float32Array.from(rows, (fields) => (fields[column] === "" ? NaN : Number(fields[column]))),
    );
    const answers = scoreTrees(model, { names: MODEL_INPUT_NAMES, rows: rows.length, columns });
    return { text: Array.from(answers).join(","), contentType: "text/csv; charset=utf-8" };
  }
}
