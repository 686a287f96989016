import {
  BatchGetRecordCommand,
  type FeatureValue,
  type SageMakerFeatureStoreRuntimeClient,
} from "@aws-sdk/client-sagemaker-featurestore-runtime";
import { MODEL_INPUT_NAMES } from "../../../contracts/model-input";
import type { FeatureBatch, FeatureRow, OnlineFeatures } from "../online-features";

/** Rows of store-sku-sales by BatchGetRecord. */
export class FeatureStore implements OnlineFeatures {
  public constructor(
    private readonly client: SageMakerFeatureStoreRuntimeClient,
    private readonly featureGroupName: string,
  ) {}

  public async readBatch(identifiers: readonly string[], signal: AbortSignal): Promise<FeatureBatch> {
    const { Records, UnprocessedIdentifiers, Errors } = await this.client.send(
      new BatchGetRecordCommand({
        Identifiers: [
          {
            FeatureGroupName: this.featureGroupName,
            RecordIdentifiersValueAsString: [...identifiers],
            FeatureNames: ["day", ...MODEL_INPUT_NAMES, "baseline", "naive"],
          },
        ],
      }),
      { abortSignal: signal },
    );
    const rows = new Map<string, FeatureRow>();
    for (const { RecordIdentifierValueAsString: identifier, Record: values } of Records ?? []) {
      const row = values && rowOf(values);
      if (identifier !== undefined && row) rows.set(identifier, row);
    }
    const unprocessed = (UnprocessedIdentifiers ?? []).flatMap(
      ({ RecordIdentifiersValueAsString: those }) => those ?? [],
    );
    // An identifier that failed by itself may be there the next time, exactly as one that was not got to.
    const failed = (Errors ?? []).flatMap(({ RecordIdentifierValueAsString: id }) => id ?? []);
    return { rows, unprocessed: [...unprocessed, ...failed] };
  }
}

/** The record as the model reads it: columns by name, in the contract's order. Undefined without a usable baseline. */
function rowOf(values: readonly FeatureValue[]): FeatureRow | undefined {
  const byName = new Map(values.map(({ FeatureName, ValueAsString }) => [FeatureName, ValueAsString]));
  const baseline = Number(byName.get("baseline") ?? NaN);
  const day = byName.get("day");
  if (day === undefined || !(baseline >= 0)) return undefined;
  const naive = Number(byName.get("naive") ?? NaN);
  return {
    day,
    csv: MODEL_INPUT_NAMES.map((name) => numberText(byName.get(name))).join(","),
    baseline,
    naive: Number.isFinite(naive) ? naive : undefined,
  };
}

/** A value as it was written, so that no digit is lost; whatever is no number is missing. */
function numberText(text: string | undefined): string {
  return text !== undefined && text.trim() !== "" && Number.isFinite(Number(text)) ? text : "";
}
