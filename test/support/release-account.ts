import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { ReleaseClients } from "../../runtime/entry/release-function";
import { type JournalEntry } from "../../runtime/experiment/journal";
import { journalText } from "../../runtime/experiment/journal-text";

/** One operation as an adapter asked for it. */
export interface SdkCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Item {
  readonly category: { readonly S: string };
  readonly revision: { readonly N: string };
  readonly entry: { readonly S: string };
  readonly writer?: { readonly S: string };
}

/** An AWS account as release control sees it: real clients whose calls end in memory, and are kept. */
export class ReleaseAccount {
  readonly calls: SdkCall[] = [];
  readonly parameters = new Map<string, string>();
  /** Keys of the models bucket. */
  readonly objects = new Set<string>();
  /** Names of alarms that are off. */
  readonly alarms = new Set<string>();
  weights: Record<string, number> = { champion: 90, challenger: 10 };
  /** The next write arrives, and its answer does not: the SDK tries again, and meets itself. */
  losesAnswer = false;
  private readonly items: Item[] = [];

  clients(): ReleaseClients {
    const config = {
      region: "ap-northeast-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const clients = {
      sagemaker: new SageMakerClient(config),
      runtime: new SageMakerRuntimeClient(config),
      ssm: new SSMClient(config),
      s3: new S3Client(config),
      dynamo: new DynamoDBClient(config),
      cloudwatch: new CloudWatchClient(config),
    };
    for (const { middlewareStack } of Object.values(clients)) {
      const stack = middlewareStack as unknown as { add(middleware: unknown, options: object): void };
      const middleware =
        (_: unknown, { commandName }: { commandName: string }) =>
        async ({ input }: { input: Record<string, unknown> }) => ({
          output: { $metadata: {}, ...(await this.answer(commandName.replace(/Command$/, ""), input)) },
          response: {},
        });
      stack.add(middleware, { step: "initialize", priority: "high" });
    }
    return clients;
  }

  begin(entry: JournalEntry): void {
    this.items.push({
      category: { S: entry.category },
      revision: { N: String(entry.revision) },
      entry: { S: journalText(entry) },
    });
  }

  private itemOf({ category, revision }: Pick<Item, "category" | "revision">): Item | undefined {
    return this.items.find((item) => item.category.S === category.S && item.revision.N === revision.N);
  }

  private answer(operation: string, input: Record<string, unknown>): Promise<object> {
    this.calls.push({ operation, input });
    const known = this.answers()[operation];
    if (known === undefined) throw new Error(`${operation} is no operation that this account knows`);
    return Promise.resolve().then(() => known(input));
  }

  private answers(): Readonly<Record<string, (input: Record<string, unknown>) => object>> {
    return {
      Query: ({ ExpressionAttributeValues: values, Limit }) => {
        const { S } = (values as Record<string, { S: string }>)[":category"]!;
        const own = this.items.filter(({ category }) => category.S === S).reverse();
        return { Items: own.slice(0, Number(Limit)) };
      },
      PutItem: ({ Item: item }) => {
        const isTaken = this.itemOf(item as Item) !== undefined;
        if (!isTaken) this.items.push(item as Item);
        if (isTaken || this.losesAnswer) {
          this.losesAnswer = false;
          throw new ConditionalCheckFailedException({ message: "it is there", $metadata: {} });
        }
        return {};
      },
      GetItem: ({ Key }) => ({ Item: this.itemOf(Key as Item) }),
      DescribeEndpoint: () => ({
        EndpointStatus: "InService",
        ProductionVariants: Object.entries(this.weights).map(([VariantName, CurrentWeight]) => ({
          VariantName,
          CurrentWeight,
        })),
      }),
      UpdateEndpointWeightsAndCapacities: ({ DesiredWeightsAndCapacities: desired }) => {
        const weights = desired as { VariantName: string; DesiredWeight: number }[];
        this.weights = Object.fromEntries(weights.map((each) => [each.VariantName, each.DesiredWeight]));
        return {};
      },
      GetParameter: ({ Name }) => ({ Parameter: { Value: this.parameters.get(String(Name)) } }),
      PutParameter: ({ Name, Value }) => {
        this.parameters.set(String(Name), String(Value));
        return {};
      },
      HeadObject: ({ Key }) => {
        if (this.objects.has(String(Key))) return { ContentLength: 1000, ETag: '"a"' };
        throw Object.assign(new Error("no such key"), { name: "NotFound" });
      },
      CopyObject: ({ Key }) => {
        this.objects.add(String(Key));
        return {};
      },
      GetObject: () => {
        throw Object.assign(new Error("no such key"), { name: "NoSuchKey" });
      },
      InvokeEndpoint: () => ({ Body: Buffer.from("1.0"), ContentType: "text/csv" }),
      GetMetricData: () => ({ MetricDataResults: [] }),
      DescribeAlarms: ({ AlarmNamePrefix }) => ({
        MetricAlarms: [...this.alarms]
          .filter((name) => name.startsWith(String(AlarmNamePrefix)))
          .map((AlarmName) => ({
            AlarmName,
            StateValue: "ALARM",
            StateTransitionedTimestamp: new Date("2026-10-10T00:00:00Z"),
          })),
      }),
    };
  }
}
