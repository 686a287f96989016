import {
  BatchWriteRecordCommand,
  type BatchWriteRecordEntry,
  SageMakerFeatureStoreRuntimeClient,
} from "@aws-sdk/client-sagemaker-featurestore-runtime";
import type { OnlineRecord, OnlineWriter } from "../online-writer";

/** Trying again helps none of these. */
const FATAL = new Set(["ValidationError", "AccessForbidden", "ResourceNotFound"]);

/** Records of one feature group by BatchWriteRecord. */
class FeatureWriter implements OnlineWriter {
  public constructor(
    private readonly client: SageMakerFeatureStoreRuntimeClient,
    private readonly featureGroupName: string,
  ) {}

  public async write(records: readonly OnlineRecord[]): Promise<readonly OnlineRecord[]> {
    const { Errors = [], UnprocessedEntries = [] } = await this.client.send(
      new BatchWriteRecordCommand({ Entries: records.map((record) => this.entryOf(record)) }),
    );
    const fatal = Errors.find(({ ErrorCode }) => FATAL.has(ErrorCode ?? ""));
    if (fatal) throw new Error(`${this.featureGroupName}: ${fatal.ErrorCode}: ${fatal.ErrorMessage}`);
    return [...Errors.flatMap(({ Entry }) => Entry ?? []), ...UnprocessedEntries].map(recordOf);
  }

  private entryOf(record: OnlineRecord): BatchWriteRecordEntry {
    const values = Object.entries(record);
    return {
      FeatureGroupName: this.featureGroupName,
      Record: values.map(([FeatureName, ValueAsString]) => ({ FeatureName, ValueAsString })),
    };
  }
}

function recordOf({ Record: values }: BatchWriteRecordEntry): OnlineRecord {
  return Object.fromEntries(
    (values ?? []).map(({ FeatureName = "", ValueAsString = "" }) => [FeatureName, ValueAsString]),
  );
}

export function openFeatureStore(group: string): OnlineWriter {
  return new FeatureWriter(new SageMakerFeatureStoreRuntimeClient({ retryMode: "adaptive" }), group);
}
