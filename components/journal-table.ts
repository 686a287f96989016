import * as pulumi from "@pulumi/pulumi";
import * as dynamodb from "@pulumi/aws/dynamodb";

export interface JournalTableArgs {
  /** Physical name: 3 to 255 letters, digits, `_`, `-` and `.`. */
  readonly tableName: string;
  /** Name of the string that says whose journal it is, and of the number that orders it. */
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Whether DynamoDB rejects a deletion. */
  readonly isProtected: boolean;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

/**
 * A DynamoDB table that holds records in order, written once each: by request, because a few a day are written and read;
 * encrypted with the given key; restorable to any second of the last 35 days. No stream and no index: readers ask for the
 * newest record of a key.
 */
export class JournalTable extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  /** @throws Error naming the table and what is allowed */
  constructor(name: string, args: JournalTableArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("smartretail:data:JournalTable", name, args, opts);
    if (!NAME.test(args.tableName)) {
      throw new Error(
        `table name is "${args.tableName}"; allowed: 3 to 255 letters, digits, underscores, hyphens and dots`,
      );
    }
    const table = new dynamodb.Table(
      `${name}-table`,
      {
        name: args.tableName,
        billingMode: "PAY_PER_REQUEST",
        hashKey: args.partitionKey,
        rangeKey: args.sortKey,
        attributes: [
          { name: args.partitionKey, type: "S" },
          { name: args.sortKey, type: "N" },
        ],
        serverSideEncryption: { enabled: true, kmsKeyArn: args.kmsKeyArn },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: args.isProtected,
      },
      { parent: this, protect: args.isProtected },
    );
    this.arn = table.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
